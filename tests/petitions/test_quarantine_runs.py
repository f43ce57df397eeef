"""Many signatures set aside at once: exact, undoable, and unseen by who made them."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Permission

from petitions import counting, quarantining
from petitions.models import DailyTally, Petition, QuarantineRun, Signature
from petitions.quarantining import preview, start, take_back, work_on_runs
from petitions.releasing import MOST_ALONE
from petitions.settling import confirm, release_quarantined, withdraw
from safety.models import Approval, AuditEvent
from safety.organisers.approvals import NotAllowed
from tests.conftest import TODAY, council_data
from tests.petitions.conftest import figures, states


def rows(petition, number, state="confirmed", **values):
    """Store signatures, counted as confirming them would have."""
    made = [
        Signature.objects.create(
            petition=petition,
            wording=petition.wording,
            state="pending",
            audience="counted",
            blind_index=f"{petition.pk} {values} {state} {index}".encode(),
            received_on=values.get("received_on", TODAY()),
        )
        for index in range(number)
    ]
    for row in made if state == "confirmed" else []:
        confirm(row.pk)
    return made


def run_of(**criteria):
    run = QuarantineRun(reason="a flood", **criteria)
    preview(run, "organiser")
    return run


def worked():
    """Let the worker finish; return how many batches it took."""
    batches = 0
    while work_on_runs():
        batches += 1
    return batches


def applied(**criteria):
    run = run_of(**criteria)
    assert start(run, "organiser")
    worked()
    run.refresh_from_db()
    return run


def undone(run):
    assert take_back(run, "organiser")
    worked()
    run.refresh_from_db()
    return run


def tallied():
    names = ("confirmed", "withdrawn", "quarantined", "removed", "released")
    return DailyTally.objects.values_list(*names).get()


def test_a_preview_counts_and_changes_nothing(leeds_petition):
    rows(leeds_petition, 3)
    run = run_of(petition=leeds_petition)
    assert (run.counted, run.state, work_on_runs()) == (3, "preview", {})
    assert figures() == (3, 0)


def test_it_is_applied_in_batches_and_undone(leeds_petition, monkeypatch):
    monkeypatch.setattr(quarantining, "BATCH", 2)
    rows(leeds_petition, 5)
    run = applied(petition=leeds_petition)
    assert (run.state, run.applied) == ("applied", 5)
    assert (figures(), states()) == ((0, 0), ["quarantined"] * 5)
    assert tallied() == (5, 0, 5, 5, 0)
    run = undone(run)
    assert (run.state, run.undone) == ("undone", 5)
    assert (figures(), states()) == ((5, 0), ["confirmed"] * 5)
    assert tallied() == (5, 0, 5, 5, 5)
    assert counting.certain_differences() == []


def test_progress_can_be_seen_between_batches(leeds_petition, monkeypatch):
    monkeypatch.setattr(quarantining, "BATCH", 2)
    rows(leeds_petition, 5)
    run = run_of(petition=leeds_petition)
    start(run, "organiser")
    work_on_runs()
    run.refresh_from_db()
    assert (run.applied, run.state, figures()) == (2, "applying", (3, 0))
    assert counting.certain_differences() == []


def test_valid_signatures_are_taken_out_of_both_figures(leeds_petition, confirmed):
    confirmed(data=council_data())
    confirmed()
    run = applied(audience="council", petition=leeds_petition)
    assert figures() == (1, 0)
    undone(run)
    assert figures() == (2, 1)


def test_only_what_the_criteria_say_is_set_aside(leeds_petition, world_petition):
    yesterday = TODAY() - datetime.timedelta(1)
    rows(leeds_petition, 2, received_on=yesterday)
    listed = rows(leeds_petition, 3)
    rows(world_petition, 4)
    day = {"received_from": yesterday, "received_to": yesterday}
    assert run_of(**day).counted == 2
    assert run_of(petition=world_petition, confirmed_from=TODAY()).counted == 4
    assert run_of(confirmed_from=TODAY() + datetime.timedelta(1)).counted == 0
    uuids = "\n".join(str(row.pk) for row in listed[:2])
    applied(uuids=uuids)
    assert (figures(), figures("world")) == ((3, 0), (4, 0))


def test_who_has_not_confirmed_yet_is_set_aside_on_confirming(leeds_petition):
    early, late = rows(leeds_petition, 2, state="pending")
    run = applied(petition=leeds_petition)
    assert states() == ["pending", "pending"]
    confirm(early.pk)
    assert (figures(), states()) == ((0, 0), ["pending", "quarantined"])
    undone(run)
    confirm(late.pk)
    assert (figures(), states()) == ((2, 0), ["confirmed", "confirmed"])
    assert counting.certain_differences() == []


def test_to_its_maker_it_looks_confirmed(client, leeds_petition, confirmed):
    path = confirmed()
    before = client.get(path).content
    applied(petition=leeds_petition)
    supporters = Petition.objects.update(supporters=1)
    assert supporters and client.get(path).content == before


def test_withdrawn_meanwhile_it_is_not_brought_back(leeds_petition):
    gone, stays = rows(leeds_petition, 2)
    run = applied(petition=leeds_petition)
    withdraw(gone.pk)
    undone(run)
    assert (figures(), states()) == ((1, 0), ["confirmed"])
    assert counting.certain_differences() == []


def test_what_a_honeypot_caught_stays_caught(leeds_petition, confirmed):
    confirmed(website="x")
    rows(leeds_petition, 1)
    undone(applied(petition=leeds_petition))
    assert (figures(), states()) == ((1, 0), ["confirmed", "quarantined"])


def test_what_a_later_run_holds_stays_held(leeds_petition):
    rows(leeds_petition, 1)
    first = applied(petition=leeds_petition)
    release_quarantined(leeds_petition)
    applied(petition=leeds_petition)
    assert undone(first).undone == 0
    assert (figures(), states()) == ((0, 0), ["quarantined"])


def test_a_run_is_begun_and_undone_once_and_audited(leeds_petition):
    run = applied(petition=leeds_petition)
    assert not start(run, "organiser")
    undone(run)
    assert not take_back(run, "organiser")
    actions = AuditEvent.objects.order_by("number").values_list("action", flat=True)
    assert list(actions) == [
        *("quarantine run previewed", "quarantine run applied"),
        "quarantine run undone",
    ]


@pytest.mark.django_db(transaction=True)
def test_counters_stay_true_while_people_sign_and_withdraw(leeds_petition, at_once):
    old, new = rows(leeds_petition, 12), rows(leeds_petition, 12, state="pending")
    start(run_of(petition=leeds_petition), "organiser")
    work = [lambda k=row.pk: withdraw(k) for row in old[::2]]
    work += [lambda k=row.pk: confirm(k) for row in new]
    work += [worked] * 2
    at_once(4, lambda: [work.pop()() for _ in range(len(work) // 4)])
    worked()
    assert figures() == (0, 0)
    assert counting.certain_differences() == []


# --- At the desk -----------------------------------------------------------------------
@pytest.fixture
def desk(client, django_user_model):
    user = django_user_model.objects.create_user("helper", is_staff=True)
    names = ["add_quarantinerun", "view_quarantinerun", "change_quarantinerun"]
    names += ["view_petition"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


ADDRESS = "/desk/petitions/quarantinerun/"


def test_at_the_desk_a_run_is_previewed_applied_and_undone(desk, leeds_petition):
    rows(leeds_petition, 3)
    values = {"petition": leeds_petition.pk, "reason": "a flood"}
    page = desk.post(f"{ADDRESS}add/", values, follow=True).content.decode()
    assert "3 match. Nothing is done until you apply the run." in page
    run = QuarantineRun.objects.get()
    for action, expected in (("apply_chosen", (0, 0)), ("undo_chosen", (3, 0))):
        desk.post(ADDRESS, {"action": action, "_selected_action": [run.pk]})
        worked()
        assert figures() == expected


def press(desk, action, *runs):
    """Choose runs in the list and do something with them; return the page's text."""
    chosen = {"action": action, "_selected_action": [run.pk for run in runs]}
    page = desk.post(ADDRESS, chosen, follow=True).content.decode()
    worked()
    return page


def run_by_helper(django_user_model, **criteria):
    by = django_user_model.objects.get(username="helper")
    return run_of(by=by, **criteria)


def test_a_large_run_waits_for_a_second_organiser(
    desk, leeds_petition, django_user_model
):
    rows(leeds_petition, MOST_ALONE + 1)
    run = run_by_helper(django_user_model, petition=leeds_petition)
    assert "they were asked" in press(desk, "apply_chosen", run)
    press(desk, "apply_chosen", run)
    assert figures() == (MOST_ALONE + 1, 0)
    asked = Approval.objects.get()
    assert asked.reason == f"{MOST_ALONE + 1} signatures: a flood"
    second = django_user_model.objects.create_user("second", is_staff=True)
    with pytest.raises(NotAllowed):
        asked.answer(run.by, True)
    asked.answer(second, True)
    worked()
    assert figures() == (0, 0)
    verbs = AuditEvent.objects.order_by("number").values_list("actor", "action")
    assert list(verbs)[1:] == [
        ("helper", "quarantine asked"),
        ("second", "quarantine approved"),
        ("second", "quarantine done"),
        ("second", "quarantine run applied"),
    ]


def test_a_refused_run_sets_nothing_aside(desk, leeds_petition, django_user_model):
    rows(leeds_petition, MOST_ALONE + 1)
    run = run_by_helper(django_user_model, petition=leeds_petition)
    press(desk, "apply_chosen", run)
    second = django_user_model.objects.create_user("second", is_staff=True)
    Approval.objects.get().answer(second, False)
    worked()
    assert figures() == (MOST_ALONE + 1, 0)


def test_a_run_that_was_taken_back_meanwhile_is_not_begun_by_an_approval(
    desk, leeds_petition, django_user_model
):
    rows(leeds_petition, MOST_ALONE + 1)
    run = run_by_helper(django_user_model, petition=leeds_petition)
    press(desk, "apply_chosen", run)
    start(run, "elsewhere")
    worked()
    second = django_user_model.objects.create_user("second", is_staff=True)
    with pytest.raises(NotAllowed):
        Approval.objects.get().answer(second, True)
    assert Approval.objects.get().granted is None


def test_small_runs_of_a_week_are_added_up(desk, leeds_petition, django_user_model):
    listed = rows(leeds_petition, MOST_ALONE + 1)
    parts = [listed[:20], listed[20:]]
    runs = [
        run_by_helper(django_user_model, uuids="\n".join(str(row.pk) for row in part))
        for part in parts
    ]
    press(desk, "apply_chosen", runs[0])
    assert figures() == (6, 0)
    press(desk, "apply_chosen", runs[1])
    assert figures() == (6, 0)
    assert Approval.objects.get().subject == str(runs[1].pk)
    press(desk, "undo_chosen", runs[0])
    press(desk, "apply_chosen", runs[1])
    assert figures() == (20, 0)


def test_what_grew_since_the_preview_is_counted_again(
    desk, leeds_petition, django_user_model
):
    run = run_by_helper(django_user_model, petition=leeds_petition)
    rows(leeds_petition, MOST_ALONE + 1)
    press(desk, "apply_chosen", run)
    assert Approval.objects.get().reason.startswith(f"{MOST_ALONE + 1} ")


def test_an_old_preview_is_asked_for(desk, leeds_petition, django_user_model):
    rows(leeds_petition, 1)
    run = run_by_helper(django_user_model, petition=leeds_petition)
    week_ago = TODAY() - datetime.timedelta(7)
    QuarantineRun.objects.update(made_on=week_ago)
    press(desk, "apply_chosen", run)
    assert (figures(), Approval.objects.count()) == ((1, 0), 1)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Choose at least a petition"),
        ({"uuids": "王小明"}, "A line of this list is no uuid."),
    ],
)
def test_a_run_without_bounds_or_with_a_wrong_list_is_sent_back(
    desk, leeds_petition, values, message
):
    page = desk.post(f"{ADDRESS}add/", {**values, "reason": "x"}).content.decode()
    assert message in page
    assert not QuarantineRun.objects.exists()
