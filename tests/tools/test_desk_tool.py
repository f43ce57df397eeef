from __future__ import annotations

import base64
import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from safety.sealing import PublicKey, public_key_of, seal

ROOT = Path(__file__).parent.parent.parent
HOLDER, ESCROW, STRANGER = (bytes([number]) * 32 for number in (1, 2, 3))
XIAOMING = {"name": "王小明", "email": "xiaoming@example.org", "postcode": "LS1 1UR"}
ZOE = {"name": '=HYPERLINK("http://x.example")', "email": "zoe@example.org"}


def desk(*arguments, typed=""):
    command = [sys.executable, ROOT / "tools" / "desk.py", *map(str, arguments)]
    return subprocess.run(command, input=typed, capture_output=True, text=True)


@pytest.fixture(scope="module")
def holder(tmp_path_factory):
    """Return a folder with a key file, its passphrase and what keygen printed."""
    folder = tmp_path_factory.mktemp("holder")
    (folder / "passphrase").write_text("correct horse battery\n")
    made = desk(
        *("keygen", "--out", folder / "holder.key"),
        *("--passphrase-file", folder / "passphrase"),
    )
    assert made.returncode == 0, made.stderr
    (folder / "printed").write_text(made.stdout)
    return folder


def printed_key(folder):
    return PublicKey.from_text((folder / "printed").read_text().splitlines()[1])


def printed_words(folder):
    return (folder / "printed").read_text().partition("from the file:\n")[2]


def line_of(fields, keys, petition="leeds", context="petition:leeds"):
    sealed = base64.b64encode(seal(fields, keys, context)).decode()
    names = {"uuid": str(uuid4()), "petition": petition, "context": context}
    return names | {"sealed": sealed}


def write_export(path, lines, keys, **more):
    header = {
        "format": "detwin-export-2",
        "petition": "leeds",
        "council": "Leeds City Council",
        "country": "GB",
        "fields": ["name", "postcode"],
        "known_keys": [key.key_id.hex() for key in keys],
    }
    content = "".join(json.dumps(line) + "\n" for line in [header | more, *lines])
    digest = hashlib.sha256(content.encode()).hexdigest()
    end = {"end": len(lines), "sha256": digest}
    path.write_text(content + json.dumps(end) + "\n")
    return path


def open_with(folder, export, out, *more):
    return desk(
        *("open", export, "--key", folder / "holder.key", "--out", out),
        *("--passphrase-file", folder / "passphrase", *more),
    )


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_made_key_opens_an_export(holder, tmp_path):
    keys = [printed_key(holder), public_key_of(ESCROW)]
    lines = [line_of(XIAOMING, keys), line_of(ZOE, keys)]
    export = write_export(tmp_path / "export.jsonl", lines, keys)
    done = open_with(holder, export, tmp_path / "signers.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-6:] == [
        "Fields for the council: Name, Postcode",
        "Opened: 2",
        "Left out because withdrawn: 0",
        "Left out as you asked: 0",
        "Likely fakes: 0",
        "Failed: 0",
    ]
    first, second = rows_of(tmp_path / "signers.csv")
    assert first == {"No.": "1", "Name": "王小明", "Postcode": "LS1 1UR"}
    assert second["Name"] == "'" + ZOE["name"]
    assert (tmp_path / "signers.csv").stat().st_mode & 0o777 == 0o600


def test_the_terminal_shows_no_signer(holder, tmp_path):
    keys = [printed_key(holder)]
    export = write_export(tmp_path / "export.jsonl", [line_of(XIAOMING, keys)], keys)
    done = open_with(holder, export, tmp_path / "signers.csv")
    assert "王小明" not in done.stdout + done.stderr
    assert "xiaoming" not in done.stdout + done.stderr


def test_the_key_file_tells_nothing_without_its_passphrase(holder, tmp_path):
    (tmp_path / "passphrase").write_text("incorrect horse battery")
    keys = [printed_key(holder)]
    export = write_export(tmp_path / "export.jsonl", [line_of(XIAOMING, keys)], keys)
    done = desk(
        *("open", export, "--key", holder / "holder.key"),
        *("--passphrase-file", tmp_path / "passphrase"),
        *("--out", tmp_path / "signers.csv"),
    )
    assert done.returncode == 1
    assert "Wrong passphrase" in done.stderr
    assert not (tmp_path / "signers.csv").exists()
    assert (holder / "holder.key").stat().st_mode & 0o777 == 0o600


def test_the_words_open_an_export_without_the_file(holder, tmp_path):
    keys = [printed_key(holder)]
    export = write_export(tmp_path / "export.jsonl", [line_of(XIAOMING, keys)], keys)
    done = desk(
        *("open", export, "--words", "--out", tmp_path / "signers.csv"),
        typed=printed_words(holder),
    )
    assert done.returncode == 0, done.stderr
    assert rows_of(tmp_path / "signers.csv")[0]["Name"] == "王小明"


def test_a_lost_key_file_comes_back_from_its_words(holder, tmp_path):
    (tmp_path / "words").write_text(printed_words(holder))
    done = desk(
        *("recover", "--out", tmp_path / "again.key"),
        *("--words-file", tmp_path / "words"),
        *("--passphrase-file", holder / "passphrase"),
    )
    assert done.stdout == (holder / "printed").read_text()
    public = desk("public", "--key", tmp_path / "again.key").stdout
    assert public == desk("public", "--key", holder / "holder.key").stdout
    assert printed_key(holder).fingerprint in public


def test_wrong_words_make_no_key(holder, tmp_path):
    done = desk(
        *("recover", "--out", tmp_path / "again.key"),
        *("--passphrase-file", holder / "passphrase"),
        typed="bakan " * 24,
    )
    assert done.returncode == 1
    assert not (tmp_path / "again.key").exists()


def test_a_short_passphrase_is_refused(tmp_path):
    (tmp_path / "passphrase").write_text("short")
    done = desk(
        *("keygen", "--out", tmp_path / "holder.key"),
        *("--passphrase-file", tmp_path / "passphrase"),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert not (tmp_path / "holder.key").exists()


def test_an_existing_key_is_never_overwritten(holder):
    before = (holder / "holder.key").read_bytes()
    done = desk(
        *("keygen", "--out", holder / "holder.key"),
        *("--passphrase-file", holder / "passphrase"),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert (holder / "holder.key").read_bytes() == before


def test_an_export_sealed_to_an_unknown_key_is_refused(holder, tmp_path):
    known = [printed_key(holder), public_key_of(ESCROW)]
    swapped = [printed_key(holder), public_key_of(STRANGER)]
    lines = [line_of(XIAOMING, known), line_of(ZOE, swapped)]
    export = write_export(tmp_path / "export.jsonl", lines, known)
    done = open_with(holder, export, tmp_path / "signers.csv")
    assert done.returncode == 3
    assert public_key_of(STRANGER).key_id.hex() in done.stderr
    assert not (tmp_path / "signers.csv").exists()


def test_a_list_given_by_the_holder_overrules_the_export(holder, tmp_path):
    swapped = [printed_key(holder), public_key_of(STRANGER)]
    export = write_export(tmp_path / "x.jsonl", [line_of(XIAOMING, swapped)], swapped)
    known = [printed_key(holder).key_id.hex(), public_key_of(ESCROW).key_id.hex()]
    done = open_with(holder, export, tmp_path / "signers.csv", "--known", *known)
    assert done.returncode == 3
    assert not (tmp_path / "signers.csv").exists()


@pytest.mark.parametrize(
    ("petition", "context"),
    [("york", "petition:york"), ("leeds", "petition:york"), ("york", "petition:leeds")],
)
def test_another_petitions_records_are_refused(holder, tmp_path, petition, context):
    keys = [printed_key(holder)]
    line = line_of(XIAOMING, keys, petition, context)
    export = write_export(tmp_path / "export.jsonl", [line], keys)
    done = open_with(holder, export, tmp_path / "signers.csv")
    assert done.returncode == 3
    assert "another petition" in done.stderr


def test_a_record_that_stands_twice_is_refused(holder, tmp_path):
    keys = [printed_key(holder)]
    export = write_export(tmp_path / "x.jsonl", [line_of(XIAOMING, keys)] * 2, keys)
    assert open_with(holder, export, tmp_path / "signers.csv").returncode == 3


def test_damaged_records_are_counted_and_the_others_opened(holder, tmp_path):
    keys = [printed_key(holder)]
    damaged = line_of(ZOE, keys)
    damaged["sealed"] = damaged["sealed"][:-8] + "AAAAAAA="
    lines = [damaged, line_of(XIAOMING, keys)]
    export = write_export(tmp_path / "export.jsonl", lines, keys)
    done = open_with(holder, export, tmp_path / "signers.csv")
    assert done.returncode == 4
    assert done.stdout.splitlines()[-1] == "Failed: 1"
    assert damaged["uuid"] in done.stderr
    assert [row["Name"] for row in rows_of(tmp_path / "signers.csv")] == ["王小明"]


def test_withdrawn_records_are_not_opened(holder, tmp_path):
    keys = [printed_key(holder)]
    lines = [line_of(XIAOMING, keys), line_of(ZOE, keys)]
    export = write_export(tmp_path / "export.jsonl", lines, keys)
    (tmp_path / "withdrawn").write_text(lines[0]["uuid"].upper() + "\n")
    more = ("--withdrawn", tmp_path / "withdrawn")
    done = open_with(holder, export, tmp_path / "signers.csv", *more)
    assert done.returncode == 0
    assert "Left out because withdrawn: 1" in done.stdout
    assert [row["Name"] for row in rows_of(tmp_path / "signers.csv")] == [
        "'" + ZOE["name"]
    ]


@pytest.mark.parametrize(
    "name", ["=1+1", "+44", "-1", "@x", "\t=1", " =1", "＝1", "\r=1"]
)
def test_no_cell_is_taken_for_a_formula(name, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from desk_lists import harmless

    assert harmless(name) == f"'{name}"
    assert harmless("王小明 = me") == "王小明 = me"


@pytest.mark.parametrize("content", ["", "[]", "hello", '{"format": "other"}'])
def test_other_files_are_no_export(holder, tmp_path, content):
    (tmp_path / "export.jsonl").write_text(content)
    done = open_with(holder, tmp_path / "export.jsonl", tmp_path / "signers.csv")
    assert done.returncode == 1
    assert "export" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_command_line_is_explained():
    assert desk("open").returncode == 2
    assert desk().returncode == 2


def test_the_tool_needs_no_django():
    code = "import sys, desk; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tools")
    assert done.returncode == 0
