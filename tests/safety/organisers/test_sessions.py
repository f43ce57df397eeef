"""How long an organiser's session lasts, and that there is only one."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from safety.models import AuditEvent
from safety.organisers import sessions, standing
from safety.organisers.models import Organiser
from tests.safety.organisers.conftest import Browser, make_account, settled


def later(monkeypatch, seconds):
    """Let the session's own clock show a later time."""
    moment = time.time() + seconds
    monkeypatch.setattr(sessions.time, "time", lambda: moment)


@pytest.mark.parametrize(("hours", "is_in"), [(7.9, True), (8.1, False)])
def test_eight_hours_end_a_session(browser, monkeypatch, hours, is_in):
    later(monkeypatch, hours * 3600)
    assert browser.is_in is is_in


def test_half_an_hour_of_rest_ends_a_session(browser):
    browser.get("/desk/")
    row = Session.objects.get(pk=browser.cookies["__Host-desk"].value)
    left = (row.expire_date - timezone.now()).total_seconds()
    assert 1790 < left <= 1800
    Session.objects.update(expire_date=timezone.now())
    assert not browser.is_in


def test_each_request_begins_the_half_hour_anew(browser):
    Session.objects.update(expire_date=timezone.now() + timezone.timedelta(seconds=60))
    browser.get("/desk/")
    row = Session.objects.get(pk=browser.cookies["__Host-desk"].value)
    assert (row.expire_date - timezone.now()).total_seconds() > 1790


def test_a_new_login_ends_the_other_session(browser):
    second = Browser(browser.device)
    second.log_in()
    assert second.is_in
    assert not browser.is_in


def test_the_session_of_another_organiser_goes_on(browser, client, django_user_model):
    zoe = django_user_model.objects.create(username="zoe", is_staff=True)
    client.force_login(zoe)
    assert browser.is_in


def test_the_cookie_is_bound_to_host_and_https(browser):
    cookie = browser.cookies["__Host-desk"]
    assert (cookie["secure"], cookie["httponly"]) == (True, True)
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Strict", "/", "")
    assert cookie["max-age"] == ""


def test_a_strangers_session_is_short_and_a_login_makes_it_long(browser):
    stranger = Browser(browser.device)
    stranger.get("/desk/access/login/challenge")
    row = Session.objects.get(pk=stranger.cookies["__Host-desk"].value)
    assert (row.expire_date - timezone.now()).total_seconds() <= 600
    stranger.log_in()
    row = Session.objects.get(pk=stranger.cookies["__Host-desk"].value)
    assert (row.expire_date - timezone.now()).total_seconds() > 1700


def test_the_language_is_kept_in_the_account(browser, ada):
    browser.get("/desk/?language=zh-hant")
    assert Organiser.objects.get(user=ada).language == "zh-hant"
    browser.log_out()
    fresh = Browser(browser.device)
    fresh.log_in()
    assert 'lang="zh-Hant-HK"' in fresh.get("/desk/access/").content.decode()


def test_an_unknown_language_changes_nothing(browser, ada):
    assert browser.get("/desk/?language=xx%00").status_code == 200
    assert Organiser.objects.get(user=ada).language == ""


def test_five_minutes_after_the_passkey_it_must_be_shown_again(browser, monkeypatch):
    assert browser.get("/desk/access/codes/").status_code == 200
    moment = time.time() + 301
    monkeypatch.setattr(standing.time, "time", lambda: moment)
    response = browser.get("/desk/access/codes/")
    assert (
        response["Location"] == "/desk/access/prove/?next=%2Fdesk%2Faccess%2Fcodes%2F"
    )
    browser.prove()
    assert browser.get("/desk/access/codes/").status_code == 200


def test_what_is_posted_with_a_stale_passkey_is_not_done(browser, monkeypatch):
    codes = browser.codes
    moment = time.time() + 301
    monkeypatch.setattr(standing.time, "time", lambda: moment)
    assert browser.make_codes() == []
    data = {"username": "ada", "code": codes[0]}
    assert Browser().post("/desk/access/recover/", data).status_code == 302


def test_an_administrator_ends_the_session_of_another(browser, ada):
    zoe = make_account("zoe", "Stall")
    zoes = settled(zoe)
    chosen = {"action": "end_sessions", "_selected_action": [zoe.pk]}
    browser.post("/desk/auth/user/", chosen)
    assert not zoes.is_in
    assert browser.is_in
    told = AuditEvent.objects.first()
    assert (told.action, told.object_label) == ("organiser's session ended", "zoe")


def test_a_session_is_ended_only_with_a_fresh_passkey(browser, monkeypatch):
    zoes = settled(zoe := make_account("zoe", "Stall"))
    moment = time.time() + 301
    monkeypatch.setattr(standing.time, "time", lambda: moment)
    chosen = {"action": "end_sessions", "_selected_action": [zoe.pk]}
    browser.post("/desk/auth/user/", chosen)
    assert zoes.is_in


def test_public_pages_open_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert not response.cookies
