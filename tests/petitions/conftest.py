"""What several tests of signing have in common."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.html import escape

from detwin.languages import OUTPUT_TAGS
from petitions.models import Petition, Signature
from tests.conftest import counted_data, token_in, work
from tests.safety.conftest import at_once, clock

__all__ = ["at_once", "clock"]

LANGUAGES = ("en", "zh-hant", "zh-hans")


def figures(slug="leeds"):
    """Return the public counters of a petition: supporters and valid ones."""
    return Petition.objects.values_list("supporters", "council_valid").get(slug=slug)


def states(slug="leeds"):
    """Return the states of a petition's signatures, sorted."""
    rows = Signature.objects.filter(petition__slug=slug)
    return sorted(rows.values_list("state", flat=True))


def without_random(response):
    """Return what a browser gets but for tokens and codes: status, headers, body."""
    body = re.sub(rb"/s/[^/\"' ]+/", b"/s/TOKEN/", response.content)
    headers = {name: value for name, value in response.items() if name != "Expires"}
    headers["Location"] = re.sub(r"/s/[^/]+/", "/s/TOKEN/", headers.get("Location", ""))
    return response.status_code, headers, body, dict(response.cookies)


def is_written_in(message, language):
    """Tell whether a message is in Chinese on a Chinese page, and only there."""
    return bool(re.search("[\u4e00-\u9fff]", message)) == (language != "en")


def assert_sent_back(response, language, field):
    """The form came back: in its language, with a message, and nothing stored."""
    page = response.content.decode()
    assert response.status_code == 422
    assert response["Content-Language"] == language
    assert f'lang="{OUTPUT_TAGS[language]}"' in page
    message = response.context["form"].errors[field][0]
    assert escape(message) in page
    assert is_written_in(message, language)
    assert not Signature.objects.exists()


def assert_refused(response, status, language):
    """The error page came, with a title, in the language of the address."""
    page = response.content.decode()
    assert response.status_code == status
    assert response["Content-Language"] == language
    assert f'lang="{OUTPUT_TAGS[language]}"' in page
    for message in (response.context["title"], response.context["message"]):
        assert escape(message) in page
        assert is_written_in(message, language)
    assert "no-store" in response["Cache-Control"]


@pytest.fixture
def confirmed(client, sign):
    """Sign and confirm in one go; return the path of the link."""

    def done(slug="leeds", **changes):
        path = sign(slug, **changes)
        assert client.post(path, {"action": "confirm"}).status_code == 200
        return path

    return done


@pytest.fixture
def mail_to(client):
    """Sign with an address and return the mail that came of it, or None."""

    def mailed(slug="leeds", language="en", **changes):
        before = len(mail.outbox)
        client.post(f"/{language}/petitions/{slug}/sign", counted_data(**changes))
        work()
        return mail.outbox[before] if len(mail.outbox) > before else None

    return mailed


def link_of(message):
    """Return the path of the link in a mail, or None when it carries none."""
    return token_in(message) if "/s/" in message.body else None


ADDRESSES = [f"signer{number}@example.com" for number in range(3)]


class Relay(EmailBackend):
    """A relay that refuses some addresses with a given error."""

    errors: dict = {}

    def send_messages(self, messages):
        for message in messages:
            if error := self.errors.get(message.to[0], self.errors.get("all")):
                raise error
        return super().send_messages(messages)


@pytest.fixture
def relay(settings, monkeypatch):
    """Return the errors that the relay answers with, by address or for `all`."""
    settings.EMAIL_BACKEND = "tests.petitions.conftest.Relay"
    monkeypatch.setattr(Relay, "errors", {})
    return Relay.errors


@pytest.fixture
def three(client, leeds_petition):
    """Three received signatures."""
    for address in ADDRESSES:
        client.post("/en/petitions/leeds/sign", counted_data(email=address))


def mailed_to():
    return sorted(message.to[0] for message in mail.outbox)
