"""What a development site is made with."""

from __future__ import annotations

import datetime
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaign.models import Event, Group, StatementSignature
from detwin.management.commands import make_demo
from safety.key_pairs import public_key_of
from safety.models import RecipientKey

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def development(settings, tmp_path, monkeypatch):
    """A development site in its own folder, with keys that are quickly made."""
    settings.DEBUG = True
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(make_demo, "generate", copy_of_a_key_file)
    return settings.VAR_DIR


def copy_of_a_key_file(path, passphrase):
    """Write what keygen would, without its slow hash."""
    key = public_key_of(path.name.encode().ljust(32, b"x"))
    path.write_text(json.dumps({"public": key.to_text()}))


def organiser(name):
    return get_user_model().objects.get(username=name)


def test_a_demo_organiser_finds_the_password_in_a_private_file(development, db):
    call_command("make_demo")
    path = development / "demo-organiser.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert organiser("demo").check_password(path.read_text().strip())


def test_demo_keys_are_marked_and_one_is_the_escrow_key(development, db):
    call_command("make_demo")
    keys = RecipientKey.objects.order_by("is_escrow")
    assert [(key.is_escrow, key.is_demo) for key in keys] == [
        (False, True),
        (True, True),
    ]
    assert all(key.active for key in keys)


def test_demo_events_and_group_say_in_each_language_what_they_are(development, db):
    call_command("make_demo")
    assert {event.state for event in Event.objects.public()} == set(Event.State)
    for event in Event.objects.all():
        assert event.title_en.startswith("Demonstration: ")
        assert event.title_zh_hant.startswith("示範：")
        assert event.title_zh_hans.startswith("演示：")
    assert Group.objects.get().name_en == "Demonstration group"
    assert not StatementSignature.objects.exists()


def test_a_demo_event_that_is_over_comes_again_and_a_changed_one_stays(development, db):
    call_command("make_demo")
    rows = Event.objects.order_by("slug")
    past = timezone.now() - datetime.timedelta(days=2)
    rows.filter(slug="demo-stall").update(starts_at=past, ends_at=None)
    rows.filter(slug="demo-march").update(title_en="Mine")
    call_command("make_demo")
    assert Event.objects.coming().count() == Event.objects.count() == 3
    assert Event.objects.get(slug="demo-march").title_en == "Mine"


def test_making_a_demo_again_changes_nothing(development, db):
    call_command("make_demo")
    password = (development / "demo-organiser.txt").read_text()
    keys = list(RecipientKey.objects.values())
    call_command("make_demo")
    assert (development / "demo-organiser.txt").read_text() == password
    assert list(RecipientKey.objects.values()) == keys


def test_a_demo_key_whose_file_is_lost_is_sealed_to_no_longer(development, db):
    RecipientKey.objects.add(public_key_of(b"l" * 32), "Lost", is_demo=True)
    call_command("make_demo")
    assert [key.holder for key in RecipientKey.objects.filter(active=False)] == ["Lost"]


def test_the_real_tool_makes_and_opens_the_demo_keys(tmp_path):
    passphrase = tmp_path / "passphrase.txt"
    make_demo.write_private(passphrase, "correct horse battery\n")
    make_demo.generate(tmp_path / "holder.key", passphrase)
    shown = subprocess.run(
        [sys.executable, "tools/desk.py", "public", "--key", tmp_path / "holder.key"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "detwin-key-1:" in shown.stdout


@pytest.mark.parametrize("command", ["make_demo", "run_site"])
def test_what_is_for_development_does_not_run_on_a_real_site(db, command):
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command(command)
    assert not get_user_model().objects.exists()
    assert not RecipientKey.objects.exists()
