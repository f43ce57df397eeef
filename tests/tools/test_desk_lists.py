"""What a key holder gets from an export: the council's list, and the likely fakes."""

from __future__ import annotations

import ast

import pytest

from safety.sealing import public_key_of
from tests.tools.test_desk_tool import (
    ESCROW,
    ROOT,
    XIAOMING,
    ZOE,
    desk,
    holder,
    line_of,
    open_with,
    printed_key,
    rows_of,
    write_export,
)

__all__ = ["holder"]


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


@pytest.fixture
def exported(holder, tmp_path):
    """Return a function that seals records into an export."""
    keys = [printed_key(holder), public_key_of(ESCROW)]

    def export(*records, **more):
        lines = [line_of(record, keys) for record in records]
        return write_export(tmp_path / "export.jsonl", lines, keys, **more), lines

    return export


def person(name="Zoë", postcode="LS1 1UR", email="zoe@example.org"):
    return {"name": name, "postcode": postcode, "email": email}


def fakes_of(rows, country="GB"):
    from desk_fakes import likely_fakes

    return [(row["name"], why) for row, why in likely_fakes(rows, country)]


# --- The council's list -------------------------------------------------------------
def test_the_columns_stand_in_the_councils_order(holder, exported, tmp_path):
    record = XIAOMING | {"connection": "works", "postal_address": "1 A St"}
    fields = ["postal_address", "name", "connection"]
    export, _lines = exported(record, fields=fields)
    assert open_with(holder, export, tmp_path / "a.csv").returncode == 0
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines() == [
        "No.,Postal address,Name,Connection with the area",
        "1,1 A St,王小明,works there",
    ]


def test_the_page_to_print_holds_the_list_and_runs_nothing(holder, exported, tmp_path):
    wording = {"mark": "1:ab", "title": "End it", "ask": "We ask <you>"}
    export, _lines = exported(
        {**ZOE, "name": "<script>x", "wording": "1:ab"}, wordings=[wording]
    )
    open_with(holder, export, tmp_path / "a.csv")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "<td>&lt;script&gt;x</td>" in page and "<script" not in page
    assert "<h2>End it</h2><p>We ask &lt;you&gt;</p>" in page
    assert "zoe@example.org" not in page


@pytest.mark.parametrize("field", ["email", "wording", "signed_on"])
def test_the_site_cannot_ask_for_more_than_councils_get(
    holder, exported, tmp_path, field
):
    export, _lines = exported(ZOE, fields=["name", field])
    done = open_with(holder, export, tmp_path / "a.csv")
    assert (done.returncode, list(tmp_path.glob("a*"))) == (3, [])
    done = open_with(holder, export, tmp_path / "a.csv", "--fields", "name,email")
    assert list(rows_of(tmp_path / "a.csv")[0]) == ["No.", "Name", "E-mail address"]


def test_everything_is_written_for_the_holder_alone_when_asked(
    holder, exported, tmp_path
):
    export, [line] = exported(XIAOMING)
    whole = tmp_path / "whole.csv"
    open_with(holder, export, tmp_path / "a.csv", "--everything", whole)
    assert rows_of(whole) == [XIAOMING | {"uuid": line["uuid"]}]
    assert whole.stat().st_mode & 0o777 == 0o600


def test_one_file_that_is_there_stops_all(holder, exported, tmp_path):
    export, _lines = exported(ZOE)
    (tmp_path / "a.html").write_text("mine")
    done = open_with(holder, export, tmp_path / "a.csv")
    assert (done.returncode, (tmp_path / "a.html").read_text()) == (1, "mine")
    assert not (tmp_path / "a.csv").exists()


def test_a_list_of_something_else_is_no_list_of_withdrawals(holder, exported, tmp_path):
    export, _lines = exported(ZOE)
    (tmp_path / "list").write_text("zoe@example.org\n")
    more = ("--withdrawn", tmp_path / "list")
    assert open_with(holder, export, tmp_path / "a.csv", *more).returncode == 1


# --- Likely fakes -------------------------------------------------------------------
def test_fakes_are_named_and_their_numbers_written(holder, exported, tmp_path):
    again = XIAOMING | {"email": "other@example.org", "postcode": "ls11ur"}
    export, lines = exported(XIAOMING, again)
    done = open_with(holder, export, tmp_path / "a.csv")
    assert "Likely fakes: 1\n" in done.stdout and "王小明" not in done.stdout
    numbers = tmp_path / "a.quarantine.txt"
    assert numbers.read_text() == lines[1]["uuid"] + "\n"
    [row] = rows_of(tmp_path / "a.fakes.csv")
    assert row["why"] == "same name and postcode as an earlier one"
    assert len(rows_of(tmp_path / "a.csv")) == 2
    open_with(holder, export, tmp_path / "b.csv", "--leave-out", numbers)
    assert len(rows_of(tmp_path / "b.csv")) == 1
    assert not (tmp_path / "b.quarantine.txt").exists()


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (person(), []),
        (person(postcode="ＬＳ１１ＵＲ"), []),
        (person(postcode="QX1 1UR"), ["there is no such postcode"]),
        (person(postcode="12345"), ["there is no such postcode"]),
        (person(postcode="GIR 0AA"), []),
        (person(name="aaaa"), ["the name repeats itself"]),
        (person(name="test test Test"), ["the name repeats itself"]),
        (person(name="王王"), []),
        (person(name="Ali Ali"), []),
        (person(name="bot7"), ["the name holds digits"]),
    ],
)
def test_what_looks_false_in_itself(tools, row, reasons):
    assert fakes_of([row]) == ([(row["name"], reasons)] if reasons else [])


def test_other_countries_have_other_postcodes(tools):
    assert fakes_of([person(postcode="12345")], country="DE") == []


def test_a_row_of_numbered_addresses_is_noticed(tools):
    rows = [person(name=f"P{'abcd'[n]}", email=f"p{n}@x.example") for n in range(4)]
    assert len(fakes_of(rows)) == 4
    assert fakes_of(rows[:3]) == []


def test_many_at_one_postcode_are_noticed(tools):
    rows = [person(name=chr(97 + n) + "x", email=f"{chr(97 + n)}@x") for n in range(10)]
    assert len(fakes_of(rows)) == 10
    assert fakes_of(rows[:9]) == []


# --- Checking an export ---------------------------------------------------------------
def verify(export, *more):
    return desk("verify", export, *more)


def test_a_whole_export_is_said_to_be_whole(holder, exported):
    export, _lines = exported(XIAOMING, ZOE, drawn_on="2026-11-24")
    done = verify(
        export,
        *("--key", holder / "holder.key"),
        *("--passphrase-file", holder / "passphrase"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[3:6] == ["Petition: leeds", "Drawn on: 2026-11-24", "Records: 2"]
    assert said[7:] == ["The file is whole.", "Opens with this key: 2", "Failed: 0"]


def test_another_holders_key_opens_nothing(exported, tmp_path):
    export, _lines = exported(ZOE)
    from safety.words import to_words

    (tmp_path / "words").write_text(" ".join(to_words(bytes([9]) * 32)))
    done = verify(export, "--words", "--words-file", tmp_path / "words")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (4, "Failed: 1")


@pytest.mark.parametrize("take", [slice(0, -1), slice(0, 2), slice(1, None)])
def test_a_cut_export_is_refused(exported, take):
    export, _lines = exported(XIAOMING, ZOE)
    lines = export.read_text().splitlines(keepends=True)
    export.write_text("".join(lines[take]))
    assert verify(export).returncode in (1, 3)


def test_an_altered_export_is_refused(exported):
    export, _lines = exported(ZOE)
    export.write_text(export.read_text().replace("Leeds City", "Other City"))
    done = verify(export)
    assert (done.returncode, "altered" in done.stderr) == (3, True)


def test_the_export_is_the_one_that_was_announced(exported):
    import hashlib

    export, _lines = exported(ZOE)
    digest = hashlib.sha256(export.read_bytes()).hexdigest()
    assert verify(export, "--sha256", digest).returncode == 0
    assert verify(export, "--sha256", "0" * 64).returncode == 3


def test_checking_refuses_unknown_keys_too(holder, exported):
    export, _lines = exported(ZOE)
    mine = printed_key(holder).key_id.hex()
    assert verify(export, "--known", mine).returncode == 3


# --- Languages ----------------------------------------------------------------------
def test_the_tool_speaks_chinese(exported, tmp_path):
    export, _lines = exported(ZOE)
    assert "檔案完整。" in desk("--language", "zh-hant", "verify", export).stdout
    done = desk("--language", "zh-hans", "verify", tmp_path / "passphrase")
    assert done.returncode == 1


def sentences():
    """Yield every sentence that the tool says, as it stands in the code."""
    sayers = {"told", "say", "Mistake", "Refused", "label", "ask_file", "ask_new_file"}
    for path in sorted((ROOT / "tools").glob("desk*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if called in sayers and isinstance(first, ast.Constant):
                    yield first.value


def test_every_sentence_exists_in_three_languages(tools):
    from desk_words import TEXTS

    assert sorted(set(sentences()) - set(TEXTS)) == []
    for english, chinese in TEXTS.items():
        for text in chinese:
            assert text.count("{") == english.count("{"), english
