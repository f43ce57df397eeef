"""What tests of news by mail have in common."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import timezone

from news.models import Subscriber
from news.subscribing import ask_by_mail, enrol_confirmed
from tests.petitions.conftest import Relay
from tests.safety.conftest import at_once, clock

__all__ = ["at_once", "clock"]

LANGUAGES = ("en", "zh-hant", "zh-hans")
ADDRESS = "siuming@example.com"
ASKED = {"news": "all", "email": ADDRESS, "agree": "on"}


def link_in(message):
    """Return the path of the first link in a mail."""
    return re.search(r"http://testserver(/\S+/s/\S+)", message.body)[1]


@pytest.fixture
def relay(settings, monkeypatch):
    """Return the errors that the relay answers with, by address or for `all`."""
    settings.EMAIL_BACKEND = "tests.petitions.conftest.Relay"
    monkeypatch.setattr(Relay, "errors", {})
    return Relay.errors


@pytest.fixture
def ask(client):
    """Ask for news and return the path of the mailed link."""

    def asked(language="en", **changes):
        response = client.post(f"/{language}/news/updates/", {**ASKED, **changes})
        assert response["Location"] == f"/{language}/news/updates/thanks/"
        assert ask_by_mail() == {"asked about news": 1}
        return link_in(mail.outbox[-1])

    return asked


@pytest.fixture
def subscribe(client, ask, clock):
    """Ask, confirm, and let a day pass; return the one subscriber."""

    def subscribed(language="en", **changes):
        client.post(ask(language, **changes), {"action": "confirm"})
        clock(days=1)
        assert enrol_confirmed() == {"subscribers enrolled": 1}
        return Subscriber.objects.get()

    return subscribed


def make_subscriber(address=ADDRESS, place=None, language="en", day=None):
    """Store a subscriber whose index nobody will ever compare."""
    from safety import ring

    subscriber = Subscriber.objects.create(
        email_encrypted=ring.encrypt(address),
        blind_index=address.encode()[-16:].rjust(16, b"\0"),
        gets_all=place is None,
        language=language,
        consent_version="2026-11",
        consented_on=day or timezone.now().date(),
    )
    subscriber.places.set([place] if place else [])
    return subscriber
