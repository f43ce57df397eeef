"""From a form to one sealed row that only key holders can open."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from petitions.consent import CONSENT_VERSION
from petitions.models import Signature
from safety.audit import AuditEvent
from safety.models import RecipientKey
from safety.sealing import Damaged, NotForThisKey, open_sealed, recipients_of
from safety.words import to_words
from tests.conftest import council_data, counted_data
from tests.petitions.conftest import LANGUAGES
from tests.petitions.leaks import leaked

DESK = Path(__file__).parent.parent.parent / "tools" / "desk.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sealed_record_holds_what_the_council_is_to_get(
    client, leeds_petition, keys, language
):
    client.post(f"/{language}/petitions/leeds/sign", council_data())
    row = Signature.objects.get()
    for seed in keys:
        assert open_sealed(bytes(row.sealed), seed, "petition:leeds") == {
            "name": "王小明",
            "postcode": "LS1 1UR",
            "postal_address": "",
            "connection": "lives",
            "email": "siuming@example.com",
            "wording": f"1:{row.wording.sha256[:16]}",
            "consent": f"{CONSENT_VERSION}:{language}",
            "signed_on": row.received_on.isoformat(),
        }


def test_it_opens_for_no_other_petition_and_no_stranger(client, leeds_petition, keys):
    client.post("/en/petitions/leeds/sign", council_data())
    sealed = bytes(Signature.objects.get().sealed)
    with pytest.raises(Damaged):
        open_sealed(sealed, keys[0], "petition:bradford")
    with pytest.raises(NotForThisKey):
        open_sealed(sealed, bytes(32), "petition:leeds")


def test_it_is_sealed_to_the_live_keys_only(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    live = RecipientKey.objects.values_list("key_id", flat=True)
    named = recipients_of(bytes(Signature.objects.get().sealed))
    assert sorted(key.hex() for key in named) == sorted(live)


def test_all_rows_look_alike(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    longest = council_data(name="王" * 120, email="x" * 242 + "@example.com")
    client.post("/zh-hant/petitions/leeds/sign", longest)
    rows = Signature.objects.all()
    assert len({len(row.sealed) for row in rows}) == 1
    assert len({len(row.email_encrypted) for row in rows}) == 1


def test_nothing_is_kept_of_the_browser(client, leeds_petition):
    from tests.petitions.leaks import every_column

    client.post(
        "/en/petitions/leeds/sign?from=wa",
        counted_data(),
        REMOTE_ADDR="203.0.113.77",
        headers={"User-Agent": "Mozilla/Secret", "Referer": "http://testserver/ref"},
    )
    seen = ["203.0.113.77", "Mozilla/Secret", "testserver/ref", "from=wa"]
    assert leaked(seen, every_column()) == []


# --- Exported, and opened on a key holder's laptop -----------------------------------------
@pytest.fixture
def export(leeds_petition, confirmed, tmp_path):
    """Export a petition with a council signer, a counted one and an unconfirmed one."""
    confirmed(data=council_data())
    confirmed()
    path = tmp_path / "export.jsonl"
    call_command("export_sealed", "leeds", "--out", path, "--reason", "hand-in")
    return path


def desk(export, seed, out, *more):
    words = export.parent / f"{out}.words"
    words.write_text(" ".join(to_words(seed)))
    command = [sys.executable, DESK, "open", export, "--words", "--words-file", words]
    return subprocess.run(
        [*command, "--out", export.parent / out, *more], capture_output=True, text=True
    )


def test_the_right_key_opens_the_export(export, keys):
    for number, seed in enumerate(keys):
        done = desk(export, seed, f"{number}.csv")
        assert done.returncode == 0, done.stderr
        table = (export.parent / f"{number}.csv").read_text("utf-8-sig")
        assert table == (
            "No.,Name,Postcode,Connection with the area\n1,王小明,LS1 1UR,lives there\n"
        )
        assert "Opened: 1\n" in done.stdout


def test_another_key_opens_nothing(export):
    done = desk(export, bytes(range(32)), "x.csv")
    assert done.returncode == 4
    assert "Opened: 0\n" in done.stdout
    assert "王小明" not in (export.parent / "x.csv").read_text("utf-8-sig")


def test_the_export_itself_names_nobody(export):
    secrets = ["王小明", "siuming@example.com", "zoe@example.com", "LS1 1UR"]
    assert leaked(secrets, export.read_bytes()) == []
    header = json.loads(export.read_text().splitlines()[0])
    assert (header["format"], header["petition"]) == ("detwin-export-2", "leeds")


def test_who_has_withdrawn_since_is_left_out(client, export, keys, settings):
    row = Signature.objects.get(audience="council")
    from petitions.settling import withdraw

    withdraw(row.pk)
    done = desk(
        export, keys[0], "y.csv", "--withdrawn", settings.KEYS_DIR / "withdrawn.txt"
    )
    assert "Left out because withdrawn: 1\n" in done.stdout
    assert "王小明" not in (export.parent / "y.csv").read_text("utf-8-sig")


def test_an_export_is_on_record(export):
    event = AuditEvent.objects.get(action="export")
    assert (event.object_label, event.reason) == ("leeds", "hand-in")


def test_no_export_without_a_petition(db, tmp_path):
    with pytest.raises(CommandError, match="no petition 'nowhere'"):
        call_command(
            "export_sealed", "nowhere", "--out", tmp_path / "x", "--reason", "y"
        )
    assert not (tmp_path / "x").exists()
