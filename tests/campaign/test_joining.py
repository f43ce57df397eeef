"""Joining: confirmed by mail, passed on in one mail, and kept nowhere."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from campaign.join_mail import post_joining
from campaign.models import JoinRequest
from safety import day_keys
from safety.models import OutgoingMail
from tests.front.test_report import everything_stored

LANGUAGES = ["en", "zh-hant", "zh-hans"]
ADDRESS = "siuming@example.com"
PERSON = {"name": "王小明", "email": ADDRESS, "message": "I can translate.\nOften."}
GROUP = {
    "group": "Canary Friends of Leeds",
    "group_website": "example.org/canary",
    "name": "Zoë",
    "email": ADDRESS,
    "signs": "on",
    "message": "議" * 2000,
}
pytestmark = pytest.mark.django_db


def link_in(message):
    return re.search(r"http://testserver(/\S+)", message.body)[1]


@pytest.fixture
def asked(client):
    """Ask to join, and return the path of the mailed link."""

    def ask(kind="person", language="en", **data):
        path = f"/{language}/campaign/join/{kind}/"
        response = client.post(path, data or PERSON)
        assert response["Location"] == f"/{language}/campaign/join/thanks/"
        assert post_joining() == {"wishes to join mailed": 1}
        return link_in(mail.outbox[-1])

    return ask


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "group/", "person/", "thanks/", "passed-on/"])
def test_the_pages_are_there_without_a_cookie(client, language, page):
    response = client.get(f"/{language}/campaign/join/{page}")
    assert response.status_code == 200
    assert not response.cookies
    assert "csrf" not in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "data"), [("person", PERSON), ("group", GROUP)])
def test_a_wish_is_passed_on_once_and_kept_nowhere(client, asked, language, kind, data):
    link = asked(kind, language, **data)
    secrets = [ADDRESS, data["name"], data["message"][:20]]
    assert not [secret for secret in secrets if secret in everything_stored()]
    assert data["name"] in client.get(link).content.decode()
    assert JoinRequest.objects.get().confirmed_at is None
    for _ in range(2):
        client.post(link, {"action": "confirm"})
    assert post_joining() == {"wishes to join mailed": 1}
    question, message = mail.outbox
    assert question.to == [ADDRESS]
    assert data["message"][:20] not in question.body
    assert (message.to, message.reply_to) == (["contact@example.org"], [ADDRESS])
    assert data["name"] in message.body
    assert data["message"] in message.body
    assert not JoinRequest.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert client.get(link).status_code == 404


def test_reading_the_link_does_nothing(client, asked):
    link = asked()
    assert link.startswith("/en/campaign/join/s/")
    for _ in range(2):
        response = client.get(link)
        assert response["Cache-Control"].startswith("no-store")
        assert client.head(link).status_code == 200
    assert post_joining() == {}
    assert len(mail.outbox) == 1


def test_whoever_did_not_write_it_deletes_it(client, asked):
    link = asked()
    response = client.post(link, {"action": "delete"})
    assert response["Location"] == "/en/campaign/join/deleted/"
    assert client.get(response["Location"]).status_code == 200
    assert not JoinRequest.objects.exists()
    assert post_joining() == {}


def test_what_nobody_confirms_is_deleted_and_its_link_is_dead(client, asked):
    link = asked()
    past = timezone.now() - datetime.timedelta(days=3, minutes=1)
    JoinRequest.objects.update(received_at=past)
    assert client.get(link).status_code == 404
    assert client.post(link, {"action": "confirm"}).status_code == 404
    assert post_joining() == {"expired": 1}
    assert not JoinRequest.objects.exists()


def test_when_the_key_of_its_day_is_gone_nobody_can_read_it(client, asked):
    link = asked()
    day_keys.destroy_expired(timezone.now().date() + datetime.timedelta(days=9))
    assert client.get(link).status_code == 404


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("s/", "s/A", 1), lambda t: "/en/campaign/join/s/x/"]
)
def test_an_altered_link_leads_nowhere(client, asked, change):
    link = asked()
    assert client.get(change(link)).status_code == 404
    assert client.post(change(link), {"action": "confirm"}).status_code == 404


def test_an_address_that_is_written_to_often_gets_no_more_and_nobody_is_told(client):
    for _ in range(6):
        response = client.post("/en/campaign/join/person/", PERSON)
        assert response["Location"] == "/en/campaign/join/thanks/"
    assert post_joining() == {"wishes to join mailed": 5, "capped": 1}
    assert len(mail.outbox) == 5


def test_a_relay_that_is_down_loses_nothing(client, asked, monkeypatch):
    link = asked()
    client.post(link, {"action": "confirm"})

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        assert post_joining() == {"put off": 1}
    OutgoingMail.objects.update(leased_until=None)
    assert post_joining() == {"wishes to join mailed": 1}
    assert not JoinRequest.objects.exists()


def test_without_a_contact_nobody_can_write(client, settings):
    settings.CONTROLLER_EMAIL = ""
    assert "/join/person/" not in client.get("/en/campaign/join/").content.decode()
    assert client.post("/en/campaign/join/person/", PERSON).status_code == 404
    assert not JoinRequest.objects.exists()


BAD = {
    "no name": ({"name": "\u200b "}, "name"),
    "no address": ({"email": ""}, "email"),
    "no mailbox": ({"email": "siuming"}, "email"),
    "header": ({"email": "a@example.com\r\nBcc: b@example.com"}, "email"),
    "too long": ({"message": "x" * 2001}, "message"),
    "nul": ({"message": "a\0b"}, "message"),
    "script": ({"group_website": "javascript:alert(1)"}, "group_website"),
    "no group": ({"group": " "}, "group"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_told_with_values_kept(client, language, what):
    changes, field = BAD[what]
    data = {**GROUP, "city": "Kept City", **changes}
    response = client.post(f"/{language}/campaign/join/group/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    said = response.context["form"].errors[field][0]
    assert any(letter >= "\u4e00" for letter in said) == (language != "en")
    assert "Kept City" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert not JoinRequest.objects.exists()


def test_a_robot_sees_the_same_and_nothing_is_stored(client):
    data = {**PERSON, "website": "https://spam.example"}
    response = client.post("/en/campaign/join/person/", data)
    assert response["Location"] == "/en/campaign/join/thanks/"
    assert not JoinRequest.objects.exists()


def test_another_site_may_not_post(client, asked):
    headers = {"origin": "https://elsewhere.example"}
    link = asked()
    for path, data in (
        ("/en/campaign/join/person/", PERSON),
        (link, {"action": "confirm"}),
    ):
        assert client.post(path, data, headers=headers).status_code == 403
    assert JoinRequest.objects.get().confirmed_at is None


def test_a_network_that_writes_too_much_waits(client, settings):
    settings.THROTTLE_SCALE = 0.1
    path = "/en/campaign/join/person/"
    answers = [client.post(path, PERSON).status_code for _ in range(3)]
    assert answers == [303, 303, 429]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_another_method_is_refused(client, method):
    assert getattr(client, method)("/en/campaign/join/person/").status_code == 405


def test_a_body_that_is_too_large_is_refused(client):
    data = {**PERSON, "message": "x" * 40_000}
    assert client.post("/en/campaign/join/person/", data).status_code == 413
