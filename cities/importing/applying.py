"""Carrying out a plan that an organiser has seen: exactly that one, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cities.correcting import Changed, facts_of, log_correction, today
from cities.desk_log import tell
from cities.importing.kinds import FIRST_EVENT, Kind, Known
from cities.importing.planning import Plan, Row, make_plan
from cities.models import StatusEvent, Twinning
from detwin.simplified import fill_simplified


class Moved(Exception):
    """The record changed since the plan was shown; nothing was done."""


@transaction.atomic
def apply_plan(
    kind: Kind, content: bytes, digest: str, why: Mapping[str, str], organiser: object
) -> Plan:
    """Plan the file anew and apply it in one transaction; return the plan.

    Raises Moved when the plan is not the one with this digest, or not applicable.
    `why` is the reason by column; without any, nothing goes into the public log.
    """
    lock_record()
    known = Known.load()
    plan = make_plan(kind, content, known)
    if plan.digest != digest or not plan.is_applicable:
        raise Moved
    changes: dict[int, list[Changed]] = {}
    ties: dict[int, Twinning] = {}
    for row in plan.acting:
        tie, change = _save(kind, row, known, organiser)
        ties[tie.pk] = tie
        changes.setdefault(tie.pk, []).append(change)
    for tie in ties.values():
        _derive(tie)
        if any(why.values()):
            log_correction(tie, changes[tie.pk], why)
    counts = plan.counts
    label = f"{kind.name}: {counts['added']} added, {counts['changed']} changed"
    tell(organiser, "record imported", label, next(filter(None, why.values()), ""))
    return plan


def lock_record() -> None:
    """Hold every tie and event until the transaction ends, in a fixed order."""
    for model in (Twinning, StatusEvent):
        rows = model._default_manager.select_for_update().order_by("pk")
        list(rows.values_list("pk"))


def _derive(tie: Twinning) -> None:
    fresh = Twinning.objects.prefetch_related("events").get(pk=tie.pk)
    fresh.derive()
    fresh.save(update_fields=["status", "confirmed"])


def _save(
    kind: Kind, row: Row, known: Known, organiser: object
) -> tuple[Twinning, Changed]:
    """Save one row; return its tie and what changed in public."""
    if row.instance is None:
        return _add(kind, row, known, organiser)
    before = facts_of(row.instance)
    for name, value in row.values.items():
        setattr(row.instance, name, _stored(name, value))
    row.instance.save(update_fields=list(row.values))
    is_tie = isinstance(row.instance, Twinning)
    tie = row.instance if is_tie else row.instance.twinning
    return tie, Changed(kind.model, before, facts_of(row.instance))


def _add(
    kind: Kind, row: Row, known: Known, organiser: object
) -> tuple[Twinning, Changed]:
    """Save a tie with its first event, or one more event."""
    values = dict(row.values)
    tie = known.ties.get(row.pair)
    if tie is None:
        place, chinese_place = (known.places[slug] for slug in row.pair)
        own = {name: values.pop(name) for name in kind.editable}
        tie = Twinning(place=place, chinese_place=chinese_place, **own)
        tie.save()
        values = {name: values[name] for name in FIRST_EVENT.values()}
    values["checked_on"] = _stored("checked_on", values.get("checked_on")) or today()
    event = StatusEvent(twinning=tie, checked_by=str(organiser)[:80], **values)
    fill_simplified(event)
    event.save()
    return tie, Changed(StatusEvent, None, facts_of(event))


def _stored(name: str, value: Any) -> Any:
    """Return a value as its column keeps it: no day is null, not empty."""
    return (value or None) if name == "checked_on" else value
