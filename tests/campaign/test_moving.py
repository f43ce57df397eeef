"""A moved event says since when and from where it moved, to readers and machines."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from campaign.models import Event
from tests.campaign.test_event_desk import refused, typed
from tests.campaign.test_events import described

LANGUAGES = ["en", "zh-hant", "zh-hans"]
LATER = {"starts_at_1": "15:00", "ends_at_1": "17:00"}
MOVED = {"state": "moved", "note_en": "An hour later.", "note_zh_hant": "延後一小時。"}


@pytest.fixture
def event(desk):
    desk.post("/desk/campaign/event/add/", typed())
    return Event.objects.get()


def change(desk, event, **changes):
    path = f"/desk/campaign/event/{event.pk}/change/"
    answer = desk.post(path, typed(slug=event.slug, **changes))
    assert answer.status_code == 302
    event.refresh_from_db()


def entry(client, event, language="en"):
    content = client.get(f"/{language}/events/{event.slug}.ics").content
    return Calendar.from_ical(content).walk("VEVENT")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_later_start_names_the_one_before(desk, client, event, language):
    before = entry(client, event)
    change(desk, event, **LATER, **MOVED)
    data = described(client, f"/{language}/events/{event.slug}/")
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2027-07-03T14:00:00+01:00"
    assert data["startDate"] == "2027-07-03T15:00:00+01:00"
    page = client.get(f"/{language}/events/{event.slug}/").content.decode()
    assert '<s><time datetime="2027-07-03T14:00:00+01:00">' in page
    after = entry(client, event)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt > before["DTSTART"].dt


def test_another_place_alone_changes_no_schedule(desk, client, event):
    change(desk, event, **MOVED, where_en="The station")
    data = described(client, f"/en/events/{event.slug}/")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert "previousStartDate" not in data


def test_moving_back_or_planning_anew_forgets_it(desk, event):
    change(desk, event, **LATER, **MOVED)
    assert event.moved_from is not None
    change(desk, event, **LATER, state="planned")
    assert event.moved_from is None


def test_a_draft_was_known_to_nobody(desk, event):
    change(desk, event, is_public="")
    change(desk, event, **LATER, **MOVED)
    assert event.moved_from is None


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Cancelled: Stall at the market"),
        ("zh-hant", "取消：市集街站"),
        ("zh-hans", "取消：市集街站"),
    ],
)
def test_a_calendar_shows_in_the_title_what_is_cancelled(
    desk, client, event, language, title
):
    change(desk, event, state="cancelled")
    found = entry(client, event, language)
    assert (found["SUMMARY"], found["STATUS"]) == (title, "CANCELLED")


GIVEN_AWAY = {
    "title_en": "Stall at  7 CANARY yard",
    "summary_zh_hant": "請到 7 Canary Yard",
    "note_en": "7 canary yard",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", GIVEN_AWAY)
def test_a_text_must_not_give_away_the_place_held_back(desk, language, field):
    held = {"exact_place_from_0": "2027-07-03", "exact_place_from_1": "12:00"}
    exact = {"exact_place_en": "7 Canary Yard"}
    found, said = refused(desk, language, **held, **exact, **{field: GIVEN_AWAY[field]})
    assert found == field
    assert any(letter >= "\u4e00" for letter in said) == (language != "en")


def test_a_place_that_is_shown_at_once_may_stand_anywhere(desk, db):
    data = typed(exact_place_en="7 Canary Yard", summary_en="At 7 Canary Yard")
    assert desk.post("/desk/campaign/event/add/", data).status_code == 302
