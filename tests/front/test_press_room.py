"""The press room: contact, figures, texts to copy, people, pictures, coverage."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.utils import timezone

from detwin.languages import CODES
from news.models import (
    Coverage,
    PressAsset,
    PressContact,
    Quote,
    Release,
    Spokesperson,
)
from tests.conftest import make_place, twin

TEXTS = Path(__file__).resolve().parents[2] / "templates/front/press"
TODAY = timezone.now().date


def page_of(client, language="en"):
    response = client.get(f"/{language}/press/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_contact_comes_first_and_is_a_click_from_home(client, db):
    assert 'href="/en/press/"' in client.get("/en/").content.decode()
    main = page_of(client).partition("<main")[2]
    first = re.search(r"<h2[^>]*>([^<]+)<", main)[1]
    assert first == "Contact"
    section = main.partition("<h2")[2].partition("</section>")[0]
    assert '<a href="mailto:contact@example.org">' in section
    assert "Test Campaign" in section


def test_only_contacts_who_agreed_are_shown_in_their_order(client, db):
    for position, (name, shown) in enumerate(
        [("Second Desk", True), ("Hidden Person", False), ("First Desk", True)]
    ):
        PressContact.objects.create(
            name=name,
            phone="+44 (0)113 496 0000",
            is_shown=shown,
            position=9 - position,
            role_en="Press desk",
        )
    page = page_of(client)
    assert page.index("First Desk") < page.index("Second Desk")
    assert "Hidden Person" not in page
    assert 'href="tel:+4401134960000"' in page


def test_a_site_without_any_contact_says_so(client, db, settings):
    settings.CONTROLLER_NAME = settings.CONTROLLER_EMAIL = ""
    assert "No contact has been set up on this site yet." in page_of(client)


@pytest.fixture
def record(leeds, newcastle, hangzhou):
    """Ties in several states, two countries and more than one for a place."""
    lund = make_place("lund", "SE")
    twin(lund, hangzhou, ("lapsed", "2020", "press"))
    twin(leeds, make_place("wuxi", "CN"), ("active", "2024-05-01", "council"))
    twin(lund, make_place("xian", "CN"), ("suspended", "2021", "council"))
    twin(lund, make_place("linyi", "CN"), ("under_review", "2021", "council"))


def totals_of_the_data(client):
    """Count what `/data/` publishes."""
    rows = client.get("/data/twinnings.json").json()["twinnings"]
    statuses = [row["status"] for row in rows]
    return {
        "total": len(rows),
        **{name: statuses.count(name) for name in ("active", "ended", "lapsed")},
        "on_hold": statuses.count("suspended") + statuses.count("under_review"),
        "confirmed": sum(
            row["status"] == "active" and row["confirmed"] for row in rows
        ),
        "places": len(
            {
                row["place"]
                for row in rows
                if row["status"] in ("active", "under_review", "suspended")
            }
        ),
    }


def test_the_figures_are_those_of_the_data(client, record):
    data = totals_of_the_data(client)
    response = client.get("/en/press/")
    counts, figures = response.context["counts"], response.context["figures"]
    assert data == {
        "total": counts.total,
        "active": counts.standing,
        "ended": counts.ended,
        "lapsed": counts.lapsed,
        "on_hold": counts.on_hold,
        "confirmed": counts.confirmed,
        "places": figures["places"],
    }
    shown = re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", response.content.decode())
    assert dict(shown) == {
        "agreements on record": str(data["total"]),
        "agreements presumed to stand": str(data["active"] - data["confirmed"]),
        "agreements ended": str(data["ended"]),
        "places whose council can be asked": str(data["places"]),
    }
    assert data["total"] == 6


def test_the_figures_say_their_day_and_how_to_cite_them(client, record):
    response = client.get("/en/press/")
    page = response.content.decode()
    day = f"{TODAY().day} {TODAY():%B %Y}"
    assert f"as of {day}" in page
    assert "Cite this" in page
    assert [quote.tag for quote in response.context["citation"]] == [
        "en-GB",
        "zh-Hant-HK",
        "zh-Hans",
    ]
    assert f"?as-of={TODAY().isoformat()}" in page


@pytest.mark.parametrize(
    ("length", "words", "characters"), [("short", 50, 100), ("long", 150, 300)]
)
def test_each_description_is_as_long_as_its_heading_says(length, words, characters):
    english = TEXTS.joinpath(f"{length}.en.txt").read_text("utf-8").split()
    assert words * 0.9 <= len(english) <= words
    for code in ("zh-hant", "zh-hans"):
        text = TEXTS.joinpath(f"{length}.{code}.txt").read_text("utf-8").strip()
        assert characters * 0.9 <= len(text) <= characters


@pytest.mark.parametrize("code", CODES)
def test_both_descriptions_stand_whole_on_the_page(client, db, code):
    page = page_of(client, code)
    for length in ("short", "long"):
        text = TEXTS.joinpath(f"{length}.{code}.txt").read_text("utf-8").strip()
        assert text.replace("'", "&#x27;") in page


def test_only_approved_quotes_of_people_who_agreed_are_shown(client, db):
    today, tomorrow = TODAY(), TODAY() + datetime.timedelta(days=1)
    known = Spokesperson.objects.create(name="Ada Test", role_en="R", agreed_on=today)
    asked = Spokesperson.objects.create(name="Not Yet", role_en="R")
    later = Spokesperson.objects.create(name="Later", role_en="R", agreed_on=tomorrow)
    for speaker, words, day in (
        (known, "Approved words", today),
        (known, "Unseen words", None),
        (known, "Tomorrow's words", tomorrow),
        (asked, "Words of one who did not agree", today),
        (later, "Words of one who agrees later", today),
    ):
        Quote.objects.create(speaker=speaker, words_en=words, approved_on=day)
    page = page_of(client)
    assert "Approved words" in page
    for hidden in ("Unseen", "Tomorrow", "Words of one", "Not Yet", "Later"):
        assert hidden not in page


@pytest.mark.parametrize(
    "words",
    [
        "Nobody is named here yet.",
        "No press release has been published yet.",
        "The organisers have not listed any reports yet.",
    ],
)
def test_what_is_empty_says_so(client, db, words):
    assert words in page_of(client)


def test_a_report_is_named_in_its_own_language(client, db):
    Coverage.objects.create(
        title="Städtepartnerschaft",
        outlet="Testblatt",
        day=TODAY(),
        url="https://example.org/bericht",
        language="de",
    )
    assert (
        '<a href="https://example.org/bericht" lang="de" rel="noopener">'
        "Städtepartnerschaft</a>" in page_of(client)
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_takes_nine_queries(client, db, django_assert_num_queries, rows):
    today, now = TODAY(), timezone.now()
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, make_place(f"c-{number}", "CN"), ("active", "2024", "list"))
        PressContact.objects.create(name="Desk", email="a@b.org", is_shown=True)
        speaker = Spokesperson.objects.create(name="A", role_en="R", agreed_on=today)
        Quote.objects.create(speaker=speaker, words_en="W", approved_on=today)
        Release.objects.create(slug=f"r{number}", title_en="R", embargo_until=now)
        Coverage.objects.create(
            title="T",
            outlet="O",
            day=today,
            url=f"https://e.org/{number}",
            language="en",
        )
        PressAsset.objects.create(
            slug=f"p{number}",
            alt_en="A",
            credit="C",
            licence="cc0",
            digest="d" * 32,
            people_agreed=True,
            width=1,
            height=1,
            weight=1,
        )
    with django_assert_num_queries(9):
        response = client.get("/en/press/")
    assert not response.cookies
    assert "max-age" in response["Cache-Control"]
