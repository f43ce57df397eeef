"""What organisers do to events, groups and signatures stands in the audit trail."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command

from campaign.models import Event, Group, JointAction, StatementSignature
from safety.models import AuditEvent
from tests.campaign.conftest import make_event
from tests.campaign.test_event_desk import typed

NO_ROWS = {"signatures-TOTAL_FORMS": 0, "signatures-INITIAL_FORMS": 0}
AGREED = {"name_en": "Canary Friends", "state": "approved", "agreed_on": "2026-11-01"}


def trail():
    """Return what the trail says, oldest first, without time and hash."""
    rows = AuditEvent.objects.order_by("number")
    return [(row.actor, row.action, row.object_label, row.reason) for row in rows]


def signed(version=1, day="2026-11-25", **more):
    """Return one signature as the group's form posts it."""
    row = {"version": version, "signed_on": day, **more}
    values = {f"signatures-0-{name}": value for name, value in row.items()}
    return {**NO_ROWS, "signatures-TOTAL_FORMS": 1, **values}


def test_an_event_added_changed_and_deleted(desk, leeds):
    desk.post("/desk/campaign/event/add/", typed(place=leeds.pk))
    event = Event.objects.get()
    path = f"/desk/campaign/event/{event.pk}"
    data = typed(place=leeds.pk, slug=event.slug, title_zh_hans="市集街站")
    data["exact_place_en"] = "7 Canary Yard"
    for _ in range(2):
        desk.post(f"{path}/change/", data)
    desk.post(f"{path}/delete/", {"post": "yes"})
    assert not Event.objects.exists()
    added, changed, deleted = trail()
    assert added[:3] == ("organiser", "event added", "2027-07-03-leeds-stall")
    assert changed == (*added[:1], "event changed", added[2], "exact_place_en")
    assert deleted == (*added[:1], "event deleted", added[2], "")
    call_command("audit_verify")


def test_the_trail_has_no_names_and_no_places(desk, leeds):
    desk.post("/desk/campaign/event/add/", typed(exact_place_en="7 Canary Yard"))
    desk.post("/desk/campaign/group/add/", {**AGREED, **signed(), "contact": "Box 7"})
    said = f"{trail()}"
    assert [word for word in ("Canary", "Yard", "Box", "market") if word in said] == []


def test_a_group_and_its_signature_of_the_statement(desk, db):
    desk.post("/desk/campaign/group/add/", {**AGREED, **signed()})
    group = Group.objects.get()
    (signature,) = group.signatures.all()
    path = f"/desk/campaign/group/{group.pk}/change/"
    kept = {"signatures-INITIAL_FORMS": 1, "signatures-0-group": group.pk}
    kept["signatures-0-id"] = signature.pk
    desk.post(path, {**AGREED, **signed(day="2026-11-26"), **kept})
    desk.post(path, {**AGREED, **signed(DELETE="on"), **kept, "state": "left"})
    label = f"group {group.pk}, version 1"
    assert [row[1:] for row in trail()][1:] == [
        ("statement signature added", label, ""),
        ("statement signature changed", label, "signed_on"),
        ("group changed", f"{group.pk}", "state"),
        ("statement signature deleted", label, ""),
    ]
    assert trail()[0][1:3] == ("group added", f"{group.pk}")


def test_a_joint_action_day_with_its_places(desk, leeds):
    desk.post("/desk/campaign/jointaction/add/", {"day": "2027-10-01"})
    day = JointAction.objects.get()
    path = f"/desk/campaign/jointaction/{day.pk}/change/"
    desk.post(path, {"day": "2027-10-01", "places": [leeds.pk]})
    assert [row[1:] for row in trail()] == [
        ("joint action day added", "2027-10-01", ""),
        ("joint action day changed", "2027-10-01", "places"),
    ]


def test_rows_deleted_together_are_named_one_by_one(desk, db):
    rows = [make_event(slug).pk for slug in ("one", "two")]
    data = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}
    desk.post("/desk/campaign/event/", data)
    assert not Event.objects.exists()
    assert sorted(row[2] for row in trail()) == ["one", "two"]


def test_what_is_refused_leaves_nothing(desk, db):
    desk.post("/desk/campaign/event/add/", typed(ends_at_1="13:00"))
    desk.post("/desk/campaign/group/add/", {**AGREED, **signed(version=7)})
    assert trail() == []
    assert not Group.objects.exists()


def test_without_the_trail_nothing_is_changed(desk, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("safety.audit.record", fail)
    with pytest.raises(RuntimeError):
        desk.post("/desk/campaign/event/add/", typed())
    assert not Event.objects.exists()


BAD = {
    "unknown version": signed(version=7),
    "before it was there": signed(day="2026-11-23"),
    "day to come": signed(day=f"{datetime.date.today() + datetime.timedelta(days=2)}"),
}


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("what", BAD)
def test_a_signature_that_cannot_be_is_refused(desk, language, what):
    desk.get(f"/desk/?language={language}")
    answer = desk.post("/desk/campaign/group/add/", {**AGREED, **BAD[what]})
    (formset,) = answer.context["inline_admin_formsets"]
    ((said,),) = formset.formset.errors[0].values()
    assert any(letter >= "\u4e00" for letter in said) == (language != "en")
    assert not StatementSignature.objects.exists()
