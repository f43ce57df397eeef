"""Events at the desk: times by the clocks there, and what is refused."""

from __future__ import annotations

import datetime

import pytest

from campaign.models import Event


def typed(**changes):
    """What an organiser types about a stall in Leeds."""
    values = {
        "kind": "stall",
        "title_en": "Stall at the market",
        "title_zh_hant": "市集街站",
        "time_zone": "Europe/London",
        "starts_at_0": "2027-07-03",
        "starts_at_1": "14:00",
        "ends_at_0": "2027-07-03",
        "ends_at_1": "16:00",
        "state": "planned",
        "is_public": "on",
    }
    return {**values, **changes}


def refused(desk, language="en", **changes):
    """Post to the desk; return which field is refused and why."""
    desk.get(f"/desk/?language={language}")
    response = desk.post("/desk/campaign/event/add/", typed(**changes))
    assert response.status_code == 200
    assert not Event.objects.exists()
    errors = response.context["adminform"].form.errors
    ((field, (said,)),) = errors.items()
    return field, said


def test_times_are_typed_by_the_clocks_there(desk, leeds):
    response = desk.post("/desk/campaign/event/add/", typed(place=leeds.pk))
    assert response.status_code == 302
    event = Event.objects.get()
    assert event.starts_at == datetime.datetime(2027, 7, 3, 13, tzinfo=datetime.UTC)
    assert event.slug == "2027-07-03-leeds-stall"
    assert event.title_zh_hans == "市集街站"
    page = desk.get(f"/desk/campaign/event/{event.pk}/change/").content.decode()
    assert 'value="14:00:00"' in page


def test_saving_again_changes_no_time(desk, db):
    desk.post("/desk/campaign/event/add/", typed(time_zone="America/Toronto"))
    before = Event.objects.get()
    path = f"/desk/campaign/event/{before.pk}/change/"
    data = typed(time_zone="America/Toronto", slug=before.slug)
    assert desk.post(path, data).status_code == 302
    after = Event.objects.get()
    assert (after.starts_at, after.revision) == (before.starts_at, 1)
    assert after.starts_at.hour == 18


BAD = {
    "end before start": ({"ends_at_1": "13:00"}, "ends_at"),
    "skipped hour": (
        {"starts_at_0": "2027-03-28", "starts_at_1": "01:30"},
        "starts_at",
    ),
    "hour that comes twice": (
        {"ends_at_0": "2027-10-31", "ends_at_1": "01:30"},
        "ends_at",
    ),
    "no zone": ({"time_zone": "Europe/Leeds"}, "time_zone"),
    "path as zone": ({"time_zone": "../../etc/passwd"}, "time_zone"),
    "no title": ({"title_en": "", "title_zh_hant": ""}, "__all__"),
    "moved without a word": ({"state": "moved"}, "state"),
    "place shown too late": (
        {"exact_place_from_0": "2027-07-03", "exact_place_from_1": "15:00"},
        "exact_place_from",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("what", BAD)
def test_what_misleads_is_refused_in_the_organisers_language(desk, language, what):
    changes, field = BAD[what]
    found, said = refused(desk, language, **changes)
    assert found == field
    assert any(letter >= "\u4e00" for letter in said) == (language != "en")


def test_a_skipped_hour_and_one_that_comes_twice_are_told_apart(desk):
    skipped = refused(desk, starts_at_0="2027-03-28", starts_at_1="01:30")[1]
    twice = refused(desk, ends_at_0="2027-10-31", ends_at_1="01:30")[1]
    assert skipped.startswith("01:30 does not exist on this day")
    assert twice.startswith("01:30 comes twice on this day")


def test_an_event_over_a_clock_change_has_its_real_length(desk):
    data = typed(
        starts_at_0="2027-03-27",
        starts_at_1="23:00",
        ends_at_0="2027-03-28",
        ends_at_1="03:00",
    )
    assert desk.post("/desk/campaign/event/add/", data).status_code == 302
    event = Event.objects.get()
    assert event.ends_at - event.starts_at == datetime.timedelta(hours=3)
