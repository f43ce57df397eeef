"""Changing what the public has read takes a reason, and stands in a public log."""

from __future__ import annotations

import pytest

from cities.models import RecordCorrection, StatusEvent, Twinning
from safety.models import AuditEvent
from tests.cities.test_admin import desk, event_data, tie_data

__all__ = ["desk"]
WHY = {"why_en": "The minutes say so.", "why_zh_hant": "會議紀錄如此記載。"}


@pytest.fixture
def tie(leeds):
    return Twinning.objects.get()


def stored(tie, **changes):
    """The form of the tie's one event as it stands, with changes."""
    event = tie.events.get()
    names = (
        *("status", "happened_on", "sequence", "source_title", "source_url"),
        *("source_kind", "summary_en", "summary_zh_hant", "summary_zh_hans"),
    )
    values = {name: getattr(event, name) or "" for name in names}
    return event_data(tie, 0, **{**values, "id": str(event.pk), **changes})


def save(desk, tie, *events, initial=1, **changes):
    path = f"/desk/cities/twinning/{tie.pk}/change/"
    return desk.post(path, tie_data(tie, *events, initial=initial, **changes))


def test_a_changed_event_is_noted_in_three_languages(desk, tie):
    assert save(desk, tie, stored(tie, happened_on="2025"), **WHY).status_code == 302
    note = RecordCorrection.objects.get()
    assert (note.place, note.chinese_place) == (tie.place, tie.chinese_place)
    assert note.what_en == (
        "Event “standing” (8 February 2026): happened on: 8 February 2026 → 2025."
    )
    assert (
        note.what_zh_hant
        == "事件「有效」（2026年2月8日）：發生日期：2026年2月8日 → 2025年。"
    )
    assert note.what_zh_hans.startswith("事件“有效”（2026年2月8日）")
    assert (note.why_en, note.why_zh_hans) == (WHY["why_en"], "会议纪录如此记载。")


def test_a_changed_tie_is_noted(desk, tie):
    save(desk, tie, stored(tie), kind="friendship", **WHY)
    assert RecordCorrection.objects.get().what_en == (
        "The agreement: kind: agreement, kind not known → friendship agreement."
    )


def test_an_event_that_is_taken_out_is_noted(desk, tie):
    save(desk, tie, stored(tie, DELETE="on"), **WHY)
    assert not StatusEvent.objects.exists()
    assert RecordCorrection.objects.get().what_en == (
        "Event “standing” (8 February 2026): taken out."
    )


CHANGES = {
    "date": {"happened_on": "2025"},
    "status": {"status": "ended"},
    "source": {"source_url": "https://example.org/other"},
    "deleted": {"DELETE": "on"},
}


@pytest.mark.parametrize("what", CHANGES)
def test_without_a_reason_nothing_is_saved_and_values_stay(desk, tie, what):
    before = StatusEvent.objects.values().get()
    response = save(desk, tie, stored(tie, **CHANGES[what]), why_en="  ")
    assert response.status_code == 200
    assert "Say why, in at least one language" in response.content.decode()
    assert StatusEvent.objects.values().get() == before
    assert not RecordCorrection.objects.exists()


def test_a_tie_without_a_reason_is_refused_too(desk, tie):
    assert save(desk, tie, stored(tie), kind="friendship").status_code == 200
    tie.refresh_from_db()
    assert tie.kind == "unspecified"


def test_a_tick_says_that_it_is_no_correction(desk, tie):
    event = stored(tie, summary_en="What happened; once.")
    assert save(desk, tie, event, not_a_correction="on").status_code == 302
    assert StatusEvent.objects.get().summary_en == "What happened; once."
    assert not RecordCorrection.objects.exists()


UPKEEP = {"checked_on": "2026-11-01", "archived_url": "https://example.org/copy"}


@pytest.mark.parametrize("field", UPKEEP)
def test_upkeep_and_new_events_need_no_reason(desk, tie, field):
    event = stored(tie, **{field: UPKEEP[field]})
    assert save(desk, tie, event, event_data(tie, 1)).status_code == 302
    assert StatusEvent.objects.count() == 2
    assert not RecordCorrection.objects.exists()


def test_saving_what_stands_needs_no_reason(desk, tie):
    assert save(desk, tie, stored(tie)).status_code == 302
    assert not RecordCorrection.objects.exists()


def test_every_change_stands_in_the_audit_trail_with_its_reason(desk, tie):
    save(desk, tie, stored(tie, happened_on="2025"), **WHY)
    event = AuditEvent.objects.get()
    told = (event.actor, event.action, event.object_label, event.reason)
    assert told == ("organiser", "twinning changed", "Leeds – Hangzhou", WHY["why_en"])


def test_a_tie_that_is_taken_out_is_noted(desk, tie):
    desk.post(f"/desk/cities/twinning/{tie.pk}/delete/", {"post": "yes"})
    assert RecordCorrection.objects.get().what_en == "The agreement: taken out."


def test_a_new_tie_is_asked_for_no_reason(desk, tie):
    page = desk.get("/desk/cities/twinning/add/").content.decode()
    assert "why_en" not in page


def test_a_note_is_mended_but_never_deleted(desk, tie):
    save(desk, tie, stored(tie, happened_on="2025"), **WHY)
    note = RecordCorrection.objects.get()
    path = f"/desk/cities/recordcorrection/{note.pk}/delete/"
    assert desk.post(path, {"post": "yes"}).status_code == 403
    assert RecordCorrection.objects.exists()
