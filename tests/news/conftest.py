"""What tests of the news have in common: releases, pictures, and news by mail."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from django.core import mail
from django.utils import timezone

from news.models import OutletLink, Release, Subscriber
from news.subscribing import ask_by_mail, enrol_confirmed
from tests.petitions.conftest import Relay
from tests.safety.conftest import at_once, clock

__all__ = ["at_once", "clock"]

LANGUAGES = ("en", "zh-hant", "zh-hans")
ADDRESS = "siuming@example.com"
ASKED = {"news": "all", "email": ADDRESS, "agree": "on"}
SECRET = "Zirconia"


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


@pytest.fixture
def embargoed(leeds):
    """A release that becomes public in two hours."""
    return Release.objects.create(
        slug="zirconia-release",
        title_en=f"{SECRET} in the title",
        title_zh_hant=f"{SECRET} 標題",
        title_zh_hans=f"{SECRET} 标题",
        summary_en=f"{SECRET} in the summary",
        body_en=f"{SECRET} and marble in the **body**",
        place=leeds,
        embargo_until=timezone.now() + datetime.timedelta(hours=2),
    )


@pytest.fixture
def link(embargoed):
    """The link of one outlet to it."""
    return OutletLink.objects.create(release=embargoed, outlet="The Test Herald")


@pytest.fixture
def media(settings, tmp_path):
    """A place of its own for uploaded pictures."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "press"


def picture_file(size=(800, 600), form="JPEG", name="stall.jpg", mode="RGB", **options):
    """Return a picture as a browser would send it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    content = io.BytesIO()
    Image.new(mode, size, "#8c1a56").save(content, form, **options)
    return SimpleUploadedFile(name, content.getvalue())


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
