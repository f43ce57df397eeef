"""Calendar files: read back by a library, and held to the rule of folding."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from campaign.calendars import calendar_of
from campaign.models import Event
from tests.campaign.conftest import make_event

LONG = "支持香港人的街站，歡迎所有朋友前來簽署聯署及了解姊妹城市協議；" * 12
LONDON = ZoneInfo("Europe/London")


def entries(content):
    return Calendar.from_ical(content).walk("VEVENT")


def badly_folded(content):
    """Return the lines that break RFC 5545: 75 octets, CRLF, whole characters."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    wrong = [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line]
    for line in lines:
        try:
            line.decode()
        except UnicodeDecodeError:
            wrong.append(line)
    return wrong


def test_the_check_of_folding_can_fail():
    line = f"SUMMARY:{LONG}".encode()
    assert badly_folded(line + b"\r\n")
    assert badly_folded(line[:74] + b"\r\n " + line[74:90] + b"\r\n")
    assert badly_folded(b"BEGIN:VCALENDAR\nEND:VCALENDAR\r\n")


@pytest.mark.parametrize(
    "path", ["events/stall.ics", "events.ics", "cities/leeds/events.ics"]
)
def test_long_chinese_lines_are_folded_and_read_back_whole(client, leeds, path):
    make_event(place=leeds, title_zh_hant=LONG[:200], summary_zh_hant=LONG)
    response = client.get(f"/zh-hant/{path}")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert badly_folded(response.content) == []
    (entry,) = entries(response.content)
    assert (entry["SUMMARY"], entry["DESCRIPTION"]) == (LONG[:200], LONG)


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)
)
def test_any_text_is_safe_in_a_calendar(text):
    event = Event(
        slug="x",
        title_en=text or "x",
        summary_en=text,
        kind="stall",
        starts_at=timezone.now(),
        updated_at=timezone.now(),
    )
    content = calendar_of([event], text)
    assert badly_folded(content) == []
    assert len(entries(content)) == 1
    assert b"\r\nATTENDEE" not in content


def test_a_line_break_in_a_text_adds_no_property(client, db):
    make_event(summary_en="One.\r\nATTENDEE:mailto:a@example.com\r\nEND:VEVENT")
    (entry,) = entries(client.get("/en/events/stall.ics").content)
    assert "ATTENDEE" not in entry
    assert "END:VEVENT" in entry["DESCRIPTION"]


@pytest.mark.parametrize(
    "day", [(2027, 3, 27), (2027, 3, 28), (2027, 10, 30), (2027, 10, 31)]
)
def test_the_hour_is_right_on_both_sides_of_a_clock_change(client, db, day):
    starts = datetime.datetime(*day, 14, tzinfo=LONDON)
    make_event(starts_at=starts.astimezone(datetime.UTC))
    (entry,) = entries(client.get("/en/events/stall.ics").content)
    assert entry["DTSTART"].dt.astimezone(LONDON).hour == 14
    assert entry["DTEND"].dt - entry["DTSTART"].dt == datetime.timedelta(hours=2)
    assert "14:00" in client.get("/en/events/stall/").content.decode()


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, db):
    event = make_event()
    (before,) = entries(client.get("/en/events/stall.ics").content)
    event.state, event.slug = "cancelled", "again"
    event.save()
    (after,) = entries(client.get("/en/events/again.ics").content)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_the_hour_of_the_exact_place_is_a_change_too(db, monkeypatch):
    hour = timezone.now() + datetime.timedelta(hours=1)
    event = make_event(exact_place_en="7 Canary Yard", exact_place_from=hour)
    (before,) = entries(calendar_of([event], "x"))
    monkeypatch.setattr(timezone, "now", lambda: hour)
    (after,) = entries(calendar_of([event], "x"))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert "LOCATION" not in before
    assert after["LOCATION"] == "7 Canary Yard"


def test_an_unknown_city_has_no_calendar(client, db):
    assert client.get("/en/cities/atlantis/events.ics").status_code == 404
