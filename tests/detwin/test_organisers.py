"""Organisers' accounts, made on the server's console."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from safety.models import AuditEvent

PASSWORD = "Password: "


def organiser(name):
    return get_user_model().objects.get(username=name)


def printed_password(capsys):
    lines = capsys.readouterr().out.splitlines()
    (line,) = (line for line in lines if line.startswith(PASSWORD))
    return line.removeprefix(PASSWORD)


def test_an_organiser_can_log_in_with_what_was_printed(client, db, capsys):
    call_command("make_organiser", "王小明", "siuming@example.org")
    password = printed_password(capsys)
    form = {"username": "王小明", "password": password, "next": "/desk/"}
    assert client.post("/desk/login/", form)["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_making_an_organiser_is_audited_without_address_or_password(db, capsys):
    call_command("make_organiser", "siuming", "siuming@example.org")
    event = AuditEvent.objects.get()
    assert (event.actor, event.action) == ("console", "organiser added")
    assert (event.object_label, event.reason) == ("siuming", "")


def test_an_organiser_who_is_there_is_not_made_again(db, capsys):
    call_command("make_organiser", "siuming", "siuming@example.org")
    with pytest.raises(CommandError, match="already exists"):
        call_command("make_organiser", "siuming", "other@example.org")
    assert AuditEvent.objects.count() == 1


def test_a_senseless_address_makes_no_organiser(db):
    with pytest.raises(CommandError, match="e-?mail"):
        call_command("make_organiser", "siuming", "not an address")
    assert not get_user_model().objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_reset_gives_a_new_password_and_ends_the_old_one(db, capsys):
    call_command("make_organiser", "siuming", "siuming@example.org")
    old = printed_password(capsys)
    get_user_model().objects.update(is_active=False)
    call_command("make_organiser", "siuming", "SIUMING@example.org", "--reset")
    new = printed_password(capsys)
    found = organiser("siuming")
    assert found.is_active
    assert [found.check_password(word) for word in (old, new)] == [False, True]
    newest = AuditEvent.objects.first()
    assert newest.action == "organiser reset"


@pytest.mark.parametrize(
    ("name", "address"),
    [("siuming", "other@example.org"), ("zoe", "siuming@example.org")],
)
def test_a_reset_needs_the_name_and_its_address(db, capsys, name, address):
    call_command("make_organiser", "siuming", "siuming@example.org")
    before = organiser("siuming").password
    with pytest.raises(CommandError, match="no organiser"):
        call_command("make_organiser", name, address, "--reset")
    assert organiser("siuming").password == before
