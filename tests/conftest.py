"""A few named people and places that most tests know."""

from __future__ import annotations

import datetime
import re
import secrets
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches
from django.utils import timezone, translation
from PIL import ImageFont

from cities.models import (
    Council,
    PetitionRules,
    Place,
    StatusEvent,
    Threshold,
    Twinning,
)
from front.to_do import recent_bursts
from petitions.models import Petition, Wording
from petitions.nightly import is_checked
from petitions.posting import post_links, post_received
from petitions.standing import forget_standing
from safety.key_pairs import public_key_of
from safety.mailboxes import rules as mail_rules
from safety.models import RecipientKey
from safety.recipients import forget_live_keys
from safety.switches import forget_switches

TODAY = timezone.now().date


@pytest.fixture(autouse=True)
def _fresh_memory(settings, tmp_path):
    """No test sees another's cache, keys or remembered answers."""
    settings.KEYS_DIR = tmp_path / "keys"
    # Each test's client would else look at every collected file anew.
    settings.STATIC_ROOT = tmp_path
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all(initialized_only=True):
        cache.clear()
    forget_everything()
    yield
    forget_everything()
    translation.deactivate()


def forget_everything():
    """Make this process ask the database again."""
    forget_live_keys()
    forget_standing()
    mail_rules.forget()
    is_checked.forget()
    recent_bursts.forget()
    forget_switches()


def make_place(slug, country="GB", en=None, hant="", hans="", council=None, **values):
    """Store a place, with a council when one is named."""
    name = en or slug.replace("-", " ").title()
    place = Place.objects.create(
        slug=slug,
        name_en=name,
        name_zh_hant=hant or name,
        name_zh_hans=hans or name,
        country=country,
        latitude="53.80000",
        longitude="-1.54000",
        **values,
    )
    if council:
        Council.objects.create(
            place=place,
            name_en=council,
            name_zh_hant=f"{place.name_zh_hant}市議會",
            name_zh_hans=f"{place.name_zh_hans}市议会",
        )
    return place


def twin(place, chinese_place, *events, **values):
    """Store a tie with events given as (status, day, source kind)."""
    tie = Twinning.objects.create(place=place, chinese_place=chinese_place, **values)
    for number, (status, day, kind) in enumerate(events, 1):
        StatusEvent.objects.create(
            twinning=tie,
            status=status,
            happened_on=day,
            sequence=number,
            source_kind=kind,
            source_title=f"Source {number}",
            source_url=f"https://example.org/{number}",
            summary_en=f"What happened, {number}.",
            summary_zh_hant=f"事件{number}。",
            summary_zh_hans=f"事件{number}。",
        )
    tie.derive()
    tie.save()
    return tie


@pytest.fixture
def hangzhou(db):
    return make_place("hangzhou", "CN", hant="杭州", hans="杭州")


@pytest.fixture
def leeds(hangzhou):
    place = make_place("leeds", hant="列斯", hans="利兹", council="Leeds City Council")
    twin(place, hangzhou, ("active", "2026-02-08", "list"), established_on="1988")
    return place


@pytest.fixture
def newcastle(db):
    place = make_place(
        "newcastle-upon-tyne",
        en="Newcastle upon Tyne",
        hant="紐卡素",
        hans="纽卡斯尔",
        council="Newcastle City Council",
    )
    taiyuan = make_place("taiyuan", "CN", hant="太原", hans="太原")
    twin(place, taiyuan, ("ended", "2022-11-02", "press"), established_on="1985")
    return place


def make_petition(place=None, slug=None, **values):
    """Store an open petition with its first wording."""
    today = TODAY()
    values.setdefault("state", Petition.State.OPEN)
    values.setdefault("opens_on", today)
    values.setdefault("closes_on", today + datetime.timedelta(days=365))
    if place:
        values.setdefault("scope", Petition.Scope.CITY)
    petition = Petition.objects.create(place=place, slug=slug or place.slug, **values)
    if place:
        petition.twinnings.set(place.twinnings.all())
    Wording.objects.create(
        petition=petition,
        number=1,
        title_en=f"Ask {petition.slug} to end its agreement",
        title_zh_hant="促請議會終止協議",
        title_zh_hans="呼吁议会终止协议",
        ask_en="We ask the council to end its agreement.",
        ask_zh_hant="我們促請議會終止協議。",
        ask_zh_hans="我们呼吁议会终止协议。",
        body_en="Because of the record.",
        body_zh_hant="基於紀錄。",
        body_zh_hans="基于记录。",
    )
    return petition


@pytest.fixture
def keys(db):
    """Seeds of a key holder's and an escrow key that records are sealed to."""
    seeds = [secrets.token_bytes(32), secrets.token_bytes(32)]
    for seed, is_escrow in zip(seeds, (False, True), strict=True):
        RecipientKey.objects.add(
            public_key_of(seed), "Test key holder", is_escrow=is_escrow
        )
    forget_live_keys()
    return seeds


@pytest.fixture
def leeds_petition(leeds, keys):
    return make_petition(leeds)


@pytest.fixture
def sheffield_petition(hangzhou, keys):
    """A petition whose council has rules on record: postal address, thresholds."""
    place = make_place(
        "sheffield", hant="錫菲", hans="谢菲尔德", council="Sheffield City Council"
    )
    twin(place, hangzhou, ("active", "2024", "council"))
    rules = PetitionRules.objects.create(
        council=place.council,
        asks_postal_address=True,
        is_connection_known=True,
        source="https://example.org/rules",
        checked_on="2026-11",
    )
    Threshold.objects.create(rules=rules, signatures=5, triggers_en="accepted")
    Threshold.objects.create(rules=rules, signatures=5000, triggers_en="debate")
    return make_petition(place)


@pytest.fixture
def world_petition(keys):
    return make_petition(
        slug="world",
        scope=Petition.Scope.WORLD,
        addressee_en="Every council with such an agreement",
        addressee_zh_hant="所有訂有協議的議會",
        addressee_zh_hans="所有订有协议的议会",
    )


def council_data(**changes):
    """What 王小明 of Leeds posts for the council."""
    data = {
        "audience": "council",
        "name": "王小明",
        "postcode": "LS1 1UR",
        "connection": "lives",
        "email": "siuming@example.com",
        "agree": "on",
        "wording": "1",
    }
    return {**data, **changes}


def counted_data(**changes):
    """What Zoë O'Brien posts to be counted without a name."""
    data = {
        "audience": "counted",
        "email": "zoe@example.com",
        "agree": "on",
        "wording": "1",
    }
    return {**data, **changes}


def work():
    """Let the worker do all that waits; return what it did."""
    return {**post_received(1000), **post_links(1000)}


def token_in(message):
    """Return the path of the link in a mail."""
    return re.search(r"http://testserver(/[a-z-]+/s/[^/\s]+/)", message.body)[1]


def code_in(message):
    """Return the typed code in a mail."""
    return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", message.body)[0]


@pytest.fixture
def sign(client):
    """Sign in one go: post, let the worker mail, and return the path of the link."""

    def signed(slug="leeds", language="en", **changes):
        data = changes.pop("data", None) or counted_data(**changes)
        response = client.post(f"/{language}/petitions/{slug}/sign", data)
        assert response.status_code == 303
        before = len(mail.outbox)
        work()
        return token_in(mail.outbox[before]) if len(mail.outbox) > before else None

    return signed


@pytest.fixture
def pictures(settings, tmp_path, monkeypatch):
    """Return the directory that pictures are drawn to, with Pillow's own font.

    What is tested is not about glyphs, so no font need be installed.
    """
    settings.PICTURES_DIR = tmp_path / "pictures"
    settings.PICTURE_FONT = str(tmp_path / "font.ttf")
    Path(settings.PICTURE_FONT).write_bytes(b"a font by name only")
    monkeypatch.setattr(
        "detwin.drawing.font_of", lambda path, code, size: ImageFont.load_default(size)
    )
    return settings.PICTURES_DIR
