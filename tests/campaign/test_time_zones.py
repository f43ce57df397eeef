"""Times by the clocks of five cities, on both sides of each change."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from icalendar import Calendar

from campaign.models import Event
from tests.campaign.test_event_desk import refused, typed

LONDON, TORONTO = "Europe/London", "America/Toronto"
TOKYO, SYDNEY = "Asia/Tokyo", "Australia/Sydney"

# At 14:00 by the clocks there: the hour in UTC, and the offset that machines read.
TWO_O_CLOCK = [
    *((LONDON, "2027-03-27", 14, "+00:00"), (LONDON, "2027-03-28", 13, "+01:00")),
    *((LONDON, "2027-10-30", 13, "+01:00"), (LONDON, "2027-10-31", 14, "+00:00")),
    *((TORONTO, "2027-03-13", 19, "-05:00"), (TORONTO, "2027-03-14", 18, "-04:00")),
    *((TORONTO, "2027-11-06", 18, "-04:00"), (TORONTO, "2027-11-07", 19, "-05:00")),
    *((TOKYO, "2027-03-28", 5, "+09:00"), (TOKYO, "2027-10-31", 5, "+09:00")),
    *((SYDNEY, "2027-04-03", 3, "+11:00"), (SYDNEY, "2027-04-04", 4, "+10:00")),
    *((SYDNEY, "2027-10-02", 4, "+10:00"), (SYDNEY, "2027-10-03", 3, "+11:00")),
]


def type_in(desk, zone, **changes):
    """Add an event at the desk and return it."""
    answer = desk.post("/desk/campaign/event/add/", typed(time_zone=zone, **changes))
    assert answer.status_code == 302
    return Event.objects.get()


@pytest.mark.parametrize(("zone", "day", "hour", "offset"), TWO_O_CLOCK)
def test_desk_page_and_calendar_agree_on_the_moment(
    desk, client, zone, day, hour, offset
):
    event = type_in(desk, zone, starts_at_0=day, ends_at_0=day)
    moment = datetime.datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")
    assert event.starts_at == moment
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert f'<time datetime="{day}T14:00:00{offset}">' in page
    assert re.search(r", 14:00</time>–<time [^>]+>16:00</time>", page)
    (block,) = re.findall(r'\+json">(\{[^<]*"@type": "Event".*?)</script>', page)
    assert json.loads(block)["startDate"] == f"{day}T14:00:00{offset}"
    content = client.get(f"/en/events/{event.slug}.ics").content
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert entry["DTSTART"].dt == moment
    assert entry["DTSTART"].dt.utcoffset() == datetime.timedelta(0)


# A night from 23:00 to 05:00 by the clocks, and how long it really is.
NIGHTS = [
    *((LONDON, "2027-03-27", 5), (LONDON, "2027-10-30", 7), (LONDON, "2027-06-05", 6)),
    *((TORONTO, "2027-03-13", 5), (TORONTO, "2027-11-06", 7)),
    *((SYDNEY, "2027-10-02", 5), (SYDNEY, "2027-04-03", 7)),
    (TOKYO, "2027-03-27", 6),
]


@pytest.mark.parametrize(("zone", "day", "hours"), NIGHTS)
def test_a_night_over_a_change_has_its_real_length(desk, zone, day, hours):
    after = datetime.date.fromisoformat(day) + datetime.timedelta(days=1)
    times = {"starts_at_0": day, "starts_at_1": "23:00"}
    event = type_in(desk, zone, **times, ends_at_0=f"{after}", ends_at_1="05:00")
    assert event.ends_at - event.starts_at == datetime.timedelta(hours=hours)


CHANGES = [
    *((LONDON, "2027-03-28", "01:30", "does not exist"),),
    *((LONDON, "2027-10-31", "01:30", "comes twice"),),
    *((TORONTO, "2027-03-14", "02:30", "does not exist"),),
    *((TORONTO, "2027-11-07", "01:30", "comes twice"),),
    *((SYDNEY, "2027-10-03", "02:30", "does not exist"),),
    *((SYDNEY, "2027-04-04", "02:30", "comes twice"),),
]


@pytest.mark.parametrize(("zone", "day", "time", "why"), CHANGES)
def test_an_hour_that_clocks_skip_or_repeat_is_refused(desk, zone, day, time, why):
    times = {"starts_at_0": day, "starts_at_1": time, "ends_at_0": day}
    field, said = refused(desk, time_zone=zone, **times)
    assert field == "starts_at"
    assert said.startswith(f"{time} {why} on this day")


def test_where_clocks_never_change_every_hour_is_taken(desk):
    event = type_in(
        desk,
        TOKYO,
        starts_at_0="2027-03-28",
        starts_at_1="02:30",
        ends_at_0="2027-03-28",
    )
    assert event.starts_at.isoformat() == "2027-03-27T17:30:00+00:00"


def test_an_hour_earlier_by_the_clocks_may_be_later(desk):
    """At 02:30 and then 01:45 the clocks have gone back; no calendar could tell."""
    times = {"starts_at_0": "2027-10-31", "starts_at_1": "02:30"}
    ends = {"ends_at_0": "2027-10-31", "ends_at_1": "01:45"}
    field, said = refused(desk, time_zone=LONDON, **times, **ends)
    assert (field, "comes twice" in said) == ("ends_at", True)
