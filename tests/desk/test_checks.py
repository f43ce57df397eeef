"""What wants a look again, and what has a weak source."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cities.models import StatusEvent, Twinning
from safety.models import AuditEvent
from tests.conftest import make_place, twin


def checked(days, **values):
    """Let the source of every event have been looked at so many days ago."""
    day = timezone.now().date() - datetime.timedelta(days=days)
    StatusEvent.objects.filter(**values).update(checked_on=day)


def listed(desk, why=""):
    response = desk.get(f"/desk/record/checks/{why}")
    return [event.twinning.place.slug for event in response.context["page"]]


@pytest.mark.parametrize(("days", "found"), [(90, []), (91, ["leeds"])])
def test_after_90_days_a_source_wants_a_look(desk, leeds, days, found):
    checked(days)
    assert listed(desk) == found


def test_what_was_never_checked_comes_first(desk, leeds, newcastle):
    checked(100, twinning__place=leeds)
    assert listed(desk) == ["newcastle-upon-tyne", "leeds"]


def test_only_the_event_that_the_status_rests_on_is_listed(desk, hangzhou):
    wagga = make_place("wagga-wagga", "AU")
    twin(
        wagga,
        hangzhou,
        ("ended", "2020-04-14", "press"),
        ("active", "2020-04-22", "press"),
    )
    (event,) = desk.get("/desk/record/checks/").context["page"]
    assert event.status == "active"


def test_one_press_notes_who_looked_and_when(desk, leeds):
    event = StatusEvent.objects.get()
    response = desk.post(f"/desk/record/checks/{event.pk}/")
    assert response["Location"] == "/desk/record/checks/"
    event.refresh_from_db()
    assert event.checked_on == timezone.now().date()
    assert event.checked_by == "organiser"
    assert AuditEvent.objects.get().action == "status event checked again"
    assert listed(desk) == []


def test_copies_on_other_sites_are_weak_sources(desk, leeds, newcastle):
    StatusEvent.objects.filter(twinning__place=newcastle).update(source_kind="mirror")
    assert listed(desk, "?why=weak") == ["newcastle-upon-tyne"]


def test_the_list_of_events_has_the_same_action(desk, leeds, newcastle):
    keys = list(StatusEvent.objects.values_list("pk", flat=True))
    data = {"action": "checked_again", "_selected_action": keys}
    desk.post("/desk/cities/statusevent/", data)
    names = set(StatusEvent.objects.values_list("checked_by", flat=True))
    assert names == {"organiser"}


@pytest.mark.parametrize(
    ("answer", "found"), [("old", 2), ("never", 1), ("lately", 0), ("x", 2)]
)
def test_the_list_of_events_is_filtered_by_the_last_check(
    desk, leeds, newcastle, answer, found
):
    checked(100, twinning__place=leeds)
    response = desk.get(f"/desk/cities/statusevent/?checked={answer}")
    assert response.context["cl"].result_count == found


def test_the_overview_counts_what_waits(desk, leeds_petition, newcastle):
    context = desk.get("/desk/record/").context
    counts = {name: context[name] for name in ("reports", "candidates", "old", "weak")}
    assert counts == {"reports": 0, "candidates": 0, "old": 2, "weak": 0}
    assert (context["presumed"], context["perhaps_won"]) == (1, [])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("", 12), ("checks/", 7), ("checks/?why=weak", 7)],
)
def test_the_pages_ask_constantly(
    desk, hangzhou, django_assert_num_queries, rows, path, queries
):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, hangzhou, ("ended", "2020", "mirror"))
    with django_assert_num_queries(queries):
        desk.get(f"/desk/record/{path}")


def test_an_event_is_not_deleted_on_its_own_page(desk, leeds):
    event = StatusEvent.objects.get()
    path = f"/desk/cities/statusevent/{event.pk}/delete/"
    assert desk.post(path, {"post": "yes"}).status_code == 403
    assert Twinning.objects.get().events.count() == 1
