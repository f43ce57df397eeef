"""The queue of candidates: accept with a source, or reject with a reason."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from cities.models import StatusEvent, Twinning, TwinningCandidate
from safety.models import AuditEvent
from tests.cities.test_load_record import folder, load
from tests.conftest import make_place
from tests.desk.conftest import event_values

__all__ = ["folder"]


@pytest.fixture
def candidate(leeds):
    make_place("taiyuan", "CN", hant="太原", hans="太原")
    return TwinningCandidate.objects.create(
        place_name="Leeds", country="GB", chinese_name="Taiyuan", found_in="A list"
    )


def accept(desk, candidate, **changes):
    form = desk.get(f"/desk/record/candidates/{candidate.pk}/").context["accept"]
    places = {name: form.fields[name].initial for name in ("place", "chinese_place")}
    data = {"kind": "twin", "established_on": "1999", "action": "accept"}
    values = event_values(status="active", happened_on="2024")
    return desk.post(
        f"/desk/record/candidates/{candidate.pk}/",
        {**data, **places, **values, **changes},
    )


def reject(desk, candidate, reason="The council never signed it."):
    path = f"/desk/record/candidates/{candidate.pk}/"
    return desk.post(path, {"action": "reject", "reason": reason})


def test_accepting_makes_the_twinning_with_its_first_event(desk, candidate):
    assert accept(desk, candidate).status_code == 302
    tie = Twinning.objects.get(chinese_place__slug="taiyuan")
    assert (tie.place.slug, tie.kind, tie.established_on) == ("leeds", "twin", "1999")
    assert (tie.status, tie.confirmed) == ("active", True)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.twinning) == ("accepted", tie)
    assert (candidate.decided_by, bool(candidate.decided_on)) == ("organiser", True)
    assert "candidate accepted" in AuditEvent.objects.values_list("action", flat=True)


def test_rejecting_keeps_reason_person_and_day(desk, candidate):
    assert reject(desk, candidate).status_code == 302
    candidate.refresh_from_db()
    assert (candidate.state, candidate.decided_by) == ("rejected", "organiser")
    assert candidate.reason == "The council never signed it."
    event = AuditEvent.objects.get()
    assert (event.action, event.reason) == ("candidate rejected", candidate.reason)


def test_the_first_decision_stands(desk, candidate):
    reject(desk, candidate)
    assert accept_again(desk, candidate).status_code == 200
    candidate.refresh_from_db()
    assert (candidate.state, Twinning.objects.count()) == ("rejected", 1)


def accept_again(desk, candidate):
    path = f"/desk/record/candidates/{candidate.pk}/"
    return desk.post(path, {"action": "accept", **event_values()})


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_rejection_without_a_reason_is_refused(desk, candidate, reason):
    assert reject(desk, candidate, reason).status_code == 422
    candidate.refresh_from_db()
    assert candidate.is_waiting


@pytest.mark.parametrize(
    "changes",
    [{"source_url": ""}, {"chinese_place": ""}, {"established_on": "2999"}],
    ids=["no source", "no place", "future"],
)
def test_bad_input_accepts_nothing(desk, candidate, changes):
    assert accept(desk, candidate, **changes).status_code == 422
    candidate.refresh_from_db()
    assert (candidate.is_waiting, Twinning.objects.count()) == (True, 1)


def test_what_is_on_record_already_is_told(desk, leeds):
    row = TwinningCandidate.objects.create(
        place_name="Leeds", country="GB", chinese_name="Hangzhou", found_in="A list"
    )
    response = accept(desk, row)
    assert "stands on record already" in response.content.decode()
    assert StatusEvent.objects.count() == 1


def test_two_places_of_one_name_are_not_guessed_between(desk, candidate):
    make_place("leeds-alabama", "US", en="Leeds")
    form = desk.get(f"/desk/record/candidates/{candidate.pk}/").context["accept"]
    assert form.fields["place"].initial is None


def test_loading_again_brings_no_decided_candidate_back(desk, folder, db):
    load(folder)
    first, second = TwinningCandidate.objects.order_by("pk")
    reject(desk, first)
    load(folder)
    states = TwinningCandidate.objects.order_by("pk").values_list("pk", "state")
    assert list(states) == [(first.pk, "rejected"), (second.pk, "waiting")]


def test_all_95_candidates_of_the_files_are_loaded(db):
    call_command("load_record", verbosity=0)
    assert TwinningCandidate.objects.waiting().count() == 95


def test_no_public_page_shows_a_candidate(client, candidate):
    TwinningCandidate.objects.update(chinese_name="Shambhala")
    for path in ("/en/cities/leeds/", "/en/cities/", "/data/twinnings.json"):
        assert "Shambhala" not in client.get(path).content.decode()
