"""The record as it stood on an earlier day."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cities.as_of import asked_day, beginning_of
from cities.models import StatusEvent, Twinning
from tests.conftest import make_place, twin

EVERY_STATUS = ["active", "under_review", "suspended", "ended", "lapsed", "unknown"]
PARTIAL_DATES = st.dates(datetime.date(1970, 1, 1), datetime.date(2026, 11, 1)).flatmap(
    lambda day: st.sampled_from([f"{day}", f"{day}"[:7], f"{day}"[:4], ""])
)


@pytest.fixture
def pair(db):
    return make_place("wagga-wagga", "AU"), make_place("kunming", "CN")


def on(day):
    """Return the only tie as of a day."""
    (tie,) = Twinning.objects.as_of(datetime.date.fromisoformat(day))
    return tie


def known(day):
    tie = on(day)
    return (tie.status, tie.confirmed)


def test_a_reversal_shows_on_the_days_between(pair):
    events = [("ended", "2020-04-14", "press"), ("active", "2020-04-22", "press")]
    twin(*pair, *events, established_on="1988")
    assert known("2020-04-13") == ("active", False)
    assert known("2020-04-14") == ("ended", True)
    assert known("2020-04-15") == ("ended", True)
    assert known("2020-04-22") == ("active", True)
    assert known("2020-04-30") == ("active", True)


def test_an_undated_end_is_not_before_the_agreement(client, pair):
    twin(*pair, ("ended", "", "press"), established_on="2007")
    assert known("2006-12-31") == ("unknown", False)
    assert on("2006-12-31").standing.not_yet
    assert on("2006-12-31").history == []
    assert on("2007-01-01").standing.sometime
    events = client.get("/data/status-events.json?as-of=2006-12-31").json()
    assert events["status_events"] == []


def test_a_year_leaves_its_days_open(pair):
    events = [("under_review", "2020", "press"), ("ended", "2020", "press")]
    twin(*pair, *events, established_on="2019")
    assert known("2019-12-31") == ("active", False)
    for day in ("2020-01-01", "2020-07-01", "2020-12-30"):
        assert known(day) == ("unknown", False)
        sometime = on(day).standing.sometime
        assert [event.status for event in sometime] == ["under_review", "ended"]
    assert known("2020-12-31") == ("ended", True)


def test_a_month_leaves_only_its_own_days_open(pair):
    twin(*pair, ("ended", "2020-02", "press"), established_on="2019")
    assert known("2020-01-31") == ("active", False)
    assert known("2020-02-28") == ("unknown", False)
    assert known("2020-02-29") == ("ended", True)


def test_a_year_that_changes_nothing_leaves_nothing_open(pair):
    events = [("ended", "2020-03-01", "press"), ("ended", "2021", "press")]
    twin(*pair, *events, established_on="1988")
    assert known("2021-06-01") == ("ended", True)


def test_what_follows_a_dated_event_cannot_have_come_before_it(pair):
    events = [("under_review", "2020-06-15", "press"), ("ended", "2020", "press")]
    twin(*pair, *events, established_on="1988")
    assert known("2020-03-01") == ("active", False)
    assert known("2020-06-14") == ("active", False)
    assert known("2020-06-15") == ("unknown", False)


def test_what_a_dated_event_follows_cannot_have_come_after_it(pair):
    events = [("under_review", "", "press"), ("ended", "2020-06-15", "press")]
    twin(*pair, *events, established_on="1988")
    assert known("2020-06-14") == ("unknown", False)
    assert known("2020-06-15") == ("ended", True)


def test_an_undated_end_is_open_until_it_was_recorded_and_never_after(pair):
    tie = twin(*pair, ("ended", "", "press"), established_on="1988")
    StatusEvent.objects.update(recorded_on=datetime.date(2026, 11, 23))
    assert known("2026-11-22") == ("unknown", False)
    assert [event.happened_on for event in on("2026-11-22").history] == [""]
    assert known("2026-11-23") == ("ended", True)
    tie.events.update(checked_on=datetime.date(2026, 11, 24))
    assert known("2026-11-23") == ("ended", True)


def test_a_year_is_certain_once_it_is_on_record(pair):
    twin(*pair, ("ended", "2026", "press"), established_on="1988")
    StatusEvent.objects.update(recorded_on=datetime.date(2026, 3, 2))
    assert known("2026-03-01") == ("unknown", False)
    assert known("2026-03-02") == ("ended", True)


@pytest.mark.parametrize(
    ("established", "day", "expected"),
    [
        ("1988", "1988-12-31", ("active", False)),
        ("1988", "1988-06-01", ("unknown", False)),
        ("1988", "1987-12-31", ("unknown", False)),
        ("", "2019-01-01", ("unknown", False)),
    ],
)
def test_before_its_first_event_it_stands_if_it_was_established(
    pair, established, day, expected
):
    twin(*pair, ("active", "2026-02-08", "list"), established_on=established)
    assert known(day) == expected


def test_a_tie_says_that_it_was_agreed_later(pair):
    twin(*pair, ("active", "2026-02-08", "list"), established_on="1988")
    assert on("1987-12-31").standing.not_yet
    assert not on("1988-01-01").standing.not_yet


def test_a_list_never_confirms(pair):
    twin(*pair, ("active", "2024-01-01", "list"))
    assert known("2024-01-01") == ("active", False)
    assert not on("2023-12-31").latest_event


def test_later_events_are_left_out_of_the_history(pair):
    events = [("ended", "2020-04-14", "press"), ("active", "2020-04-22", "press")]
    twin(*pair, *events, established_on="1988")
    assert [event.status for event in on("2020-04-15").history] == ["ended"]
    assert [event.status for event in on("2020-04-30").history] == ["active", "ended"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    events=st.lists(
        st.tuples(
            st.sampled_from(EVERY_STATUS),
            PARTIAL_DATES,
            st.sampled_from(["council", "press", "list", "mirror"]),
        ),
        max_size=4,
    ),
    established=PARTIAL_DATES,
    day=st.dates(datetime.date(1960, 1, 1), datetime.date(2026, 11, 1)),
)
def test_as_of_today_is_what_is_stored_and_no_day_is_certain_by_guessing(
    pair, events, established, day
):
    Twinning.objects.all().delete()
    tie = twin(*pair, *events, established_on=established)
    (as_of_today,) = Twinning.objects.as_of(timezone.now().date())
    assert (as_of_today.status, as_of_today.confirmed) == (tie.status, tie.confirmed)
    (then,) = Twinning.objects.as_of(day)
    coarse = [event for event in then.standing.history if len(event.happened_on) < 10]
    exact = {(s, k != "list") for s, on, k in events if on and on <= day.isoformat()}
    if not coarse and then.status not in ("unknown", "active"):
        assert (then.status, then.confirmed) in exact
    assert not (then.confirmed and then.status == "unknown")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_day_costs_two_queries_for_any_number_of_ties(
    pair, django_assert_num_queries, rows
):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, pair[1], ("active", "2024", "list"), ("ended", "2025", "press"))
    with django_assert_num_queries(2):
        assert len(Twinning.objects.as_of(datetime.date(2024, 6, 1))) == rows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "form") for text in ("yesterday", "2020", "20200415", "2020-W01-1")),
        *((text, "form") for text in ("2020-02-30", "0000-01-01", "２０２０-04-15")),
        *((text, "form") for text in ("2020-04-15T00:00", "\x00", "-", "1" * 500)),
        *((text, "future") for text in ("2999-01-01", "9999-12-31")),
    ],
)
def test_what_is_no_past_day_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        asked_day(text)
    assert refused.value.code == code


def test_a_day_can_be_asked_for():
    assert asked_day(" 2020-04-15 ") == datetime.date(2020, 4, 15)
    assert asked_day("0001-01-01") == datetime.date(1, 1, 1)
    assert asked_day("") is None
    assert asked_day(timezone.now().date().isoformat()) == timezone.now().date()


def test_the_record_begins_with_the_first_date_in_it(pair):
    twin(*pair, ("ended", "2020-04-14", "press"), established_on="1988")
    assert beginning_of(Twinning.objects.all()) == datetime.date(1988, 1, 1)
    assert beginning_of([]) is None


def test_a_tie_without_any_source_has_no_status_on_any_day(pair):
    twin(*pair, established_on="1988")
    assert known("2020-01-01") == ("unknown", False)


def test_what_was_checked_before_it_was_entered_was_known_then(pair):
    tie = twin(*pair)
    tie.events.create(
        status="ended",
        source_title="Minutes",
        source_url="https://example.org/",
        source_kind="council",
        checked_on=datetime.date(2026, 11, 1),
    )
    assert tie.events.get().recorded_on == datetime.date(2026, 11, 1)


def test_a_list_counts_only_while_nothing_better_is_known(pair):
    events = (("active", "2019", "list"), ("ended", "2022-11-02", "council"))
    twin(*pair, *events, ("active", "2026-02-08", "list"))
    assert known("2021-01-01") == ("active", False)
    assert known("2023-01-01") == known("2026-06-01") == ("ended", True)
    assert Twinning.objects.get().status == "ended"
