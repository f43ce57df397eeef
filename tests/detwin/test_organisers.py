"""Organisers' accounts, made on the server's console."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from safety.models import AuditEvent
from tests.safety.organisers.conftest import Browser

LINK = "Open once, within 24 hours: "


@pytest.fixture(autouse=True)
def _strict(settings):
    settings.DESK_REQUIRE_PASSKEY = True
    settings.SITE_URL = "https://testserver"


def organiser(name):
    return get_user_model().objects.get(username=name)


def printed_link(capsys):
    lines = capsys.readouterr().out.splitlines()
    (line,) = (line for line in lines if line.startswith(LINK))
    return line.removeprefix(LINK)


def test_an_organiser_comes_in_by_the_printed_link(db, capsys):
    call_command("make_organiser", "王小明", "siuming@example.org", "--role", "Editor")
    browser = Browser()
    browser.enrol(printed_link(capsys))
    browser.prove()
    browser.make_codes()
    assert browser.get("/desk/news/article/").status_code == 200
    assert browser.get("/desk/auth/user/").status_code == 403


def test_no_organiser_is_made_above_all_roles_or_with_a_password(db, capsys):
    call_command("make_organiser", "siuming", "siuming@example.org")
    made = organiser("siuming")
    assert (made.is_superuser, made.has_usable_password()) == (False, False)
    assert "Without a role" in capsys.readouterr().out


def test_a_city_organiser_is_made_for_places(leeds, capsys):
    role = ["--role", "City organiser"]
    call_command("make_organiser", "a", "a@example.org", *role)
    assert "Without a place" in capsys.readouterr().out
    call_command("make_organiser", "b", "b@example.org", *role, "--place", "leeds")
    assert "Without a place" not in capsys.readouterr().out
    assert list(organiser("b").organiser.places.all()) == [leeds]
    assert AuditEvent.objects.first().reason == "leeds"
    call_command("make_organiser", "c", "c@example.org", *role, "--every-place")
    assert organiser("c").organiser.every_place


@pytest.mark.parametrize("slug", ["atlantis", "hangzhou"])
def test_an_unknown_place_makes_no_organiser(leeds, slug):
    role = ["--role", "City organiser", "--place", slug]
    with pytest.raises(CommandError, match=slug):
        call_command("make_organiser", "a", "a@example.org", *role)
    assert not get_user_model().objects.exists()


def test_making_an_organiser_is_audited_without_address_or_link(db, capsys):
    roles = ["--role", "Stall", "--role", "Checker"]
    call_command("make_organiser", "siuming", "siuming@example.org", *roles)
    event = AuditEvent.objects.get()
    assert (event.actor, event.action) == ("console", "organiser added")
    assert (event.object_label, event.reason) == ("siuming", "Checker, Stall")


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


def test_a_reset_ends_passkeys_codes_session_and_older_link(db, capsys):
    call_command("make_organiser", "siuming", "siuming@example.org")
    browser = Browser()
    browser.enrol(printed_link(capsys))
    browser.prove()
    code = browser.make_codes()[0]
    assert browser.is_in
    call_command("make_organiser", "siuming", "SIUMING@example.org", "--reset")
    assert not browser.is_in
    browser.log_in()
    assert not browser.is_in
    data = {"username": "siuming", "code": code}
    assert browser.post("/desk/access/recover/", data).status_code == 200
    told = AuditEvent.objects.values_list("action", flat=True)[:3]
    refused = ["recovery code refused", "log-in by passkey refused"]
    assert list(told) == [*refused, "organiser reset"]


def test_after_a_reset_the_new_link_lets_in_again(db, capsys):
    call_command("make_organiser", "siuming", "siuming@example.org", "--role", "Press")
    first = printed_link(capsys)
    get_user_model().objects.update(is_active=False)
    call_command("make_organiser", "siuming", "siuming@example.org", "--reset")
    browser = Browser()
    assert browser.get(first).status_code == 404
    browser.enrol(printed_link(capsys))
    browser.prove()
    browser.make_codes()
    assert browser.get("/desk/news/article/").status_code == 200


@pytest.mark.parametrize("password", [None, "correct horse battery"])
def test_an_account_of_createsuperuser_is_let_in_by_a_reset(db, capsys, password):
    users = get_user_model().objects
    users.create_superuser("root", "root@example.org", password)
    call_command("make_organiser", "root", "root@example.org", "--reset")
    browser = Browser()
    browser.enrol(printed_link(capsys))
    browser.prove()
    browser.make_codes()
    assert browser.is_in
    assert not organiser("root").has_usable_password()


@pytest.mark.parametrize(
    ("name", "address"),
    [("siuming", "other@example.org"), ("zoe", "siuming@example.org")],
)
def test_a_reset_needs_the_name_and_its_address(db, capsys, name, address):
    call_command("make_organiser", "siuming", "siuming@example.org")
    link = printed_link(capsys)
    with pytest.raises(CommandError, match="no organiser"):
        call_command("make_organiser", name, address, "--reset")
    assert Browser().get(link).status_code == 200


def test_a_demo_organiser_still_logs_in_by_password(client, db, settings):
    settings.DESK_REQUIRE_PASSKEY = False
    get_user_model().objects.create_superuser("demo", password="a demo's password")
    assert "Or by password" in client.get("/desk/login/").content.decode()
    form = {"username": "demo", "password": "a demo's password"}
    assert client.post("/desk/login/", form)["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
