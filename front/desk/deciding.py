"""“A council decided”: events, a draft and the audit trail at one stroke."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from cities.correcting import today
from cities.desk_log import tell
from cities.models import Place, StatusEvent, Twinning
from cities.partial_dates import PartialDate
from detwin.simplified import fill_simplified
from front.desk.drafts import draft_article
from news.models import Article


@transaction.atomic
def record_decision(
    place: Place, ties: Iterable[Twinning], values: dict[str, Any], organiser: object
) -> tuple[list[StatusEvent], Article | None]:
    """Add the event to each tie and draft an article; both are empty the second time.

    Pressing twice finds the events there and adds nothing: two events of one tie
    never have the same status, date and source.
    """
    events = []
    for tie in locked(ties):
        if not is_on_record(tie, values):
            events.append(add_event(tie, values, organiser))
    if not events:
        return [], None
    article = draft_article(place, events)
    tell(organiser, "article drafted", article, article.slug)
    return events, article


def locked(ties: Iterable[Twinning]) -> list[Twinning]:
    """Return the ties as they stand now, held until the transaction ends."""
    keys = [tie.pk for tie in ties]
    rows = Twinning.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("place", "chinese_place").order_by("pk"))


def is_on_record(tie: Twinning, values: dict[str, Any]) -> bool:
    """Tell whether this very event is there already."""
    same = {name: values[name] for name in ("status", "happened_on", "source_url")}
    return tie.events.filter(**same).exists()


def add_event(tie: Twinning, values: dict[str, Any], organiser: object) -> StatusEvent:
    """Add one event, checked today by the organiser, and derive the tie's status."""
    event = StatusEvent(
        twinning=tie,
        sequence=next_sequence(tie, values["happened_on"]),
        checked_on=today(),
        checked_by=str(organiser)[:80],
        **values,
    )
    fill_simplified(event)
    event.save()
    tie.derive()
    tie.save(update_fields=["status", "confirmed"])
    tell(organiser, "status event added", event, event.source_url)
    return event


def next_sequence(tie: Twinning, happened_on: str) -> int:
    """Return the sequence that puts an event after those of the same date."""
    last = last_day(happened_on)
    same = [e.sequence for e in tie.events.all() if last_day(e.happened_on) == last]
    return max(same, default=0) + 1


def last_day(text: str) -> Any:
    """Return the last day a partial date can mean; None for no date."""
    found = PartialDate.parse(text)
    return found.last_day if found else None
