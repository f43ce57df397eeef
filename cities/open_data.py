"""The record as open data: flat rows with stable keys, for anybody to use."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from typing import Any

from cities.as_of import spans_of
from cities.models import Place, StatusEvent, Twinning
from cities.models.twinning import Status

ORDER = ("place__slug", "chinese_place__slug", "pk")
TIE_COLUMNS = (
    "place__slug",
    "chinese_place__slug",
    "kind",
    "established_on",
    "status",
    "confirmed",
)
PLACE_COLUMNS = {
    "slug": "slug",
    "name_en": "name_en",
    "name_zh_hant": "name_zh_hant",
    "name_zh_hans": "name_zh_hans",
    "country": "country",
    "region_en": "region_en",
    "council_en": "council__name_en",
    "council_zh_hant": "council__name_zh_hant",
    "council_zh_hans": "council__name_zh_hans",
    "wikidata_id": "wikidata_id",
}


def ties_on(day: datetime.date | None) -> list[Twinning]:
    """Load every tie with its events and the status it has, or had on a day."""
    ties = Twinning.objects.select_related("place", "chinese_place")
    ordered = ties.only(*TIE_COLUMNS).order_by(*ORDER)
    return ordered.as_of(day) if day else list(ordered.prefetch_related("events"))


# --- Places -------------------------------------------------------------------
def place_rows(day: datetime.date | None) -> list[dict[str, Any]]:
    """Return every place with the number of its ties; coordinates are WGS 84."""
    columns = (*PLACE_COLUMNS.values(), "pk", "latitude", "longitude")
    counts = tie_counts(day)
    return [
        place_row(values) | counts[values["pk"]]
        for values in Place.objects.order_by("slug").values(*columns)
    ]


def place_row(values: dict[str, Any]) -> dict[str, Any]:
    """Return one place's row; a missing text is empty, never null."""
    texts = {key: values[column] or "" for key, column in PLACE_COLUMNS.items()}
    coordinates = {key: float(values[key]) for key in ("latitude", "longitude")}
    return texts | coordinates


def tie_counts(day: datetime.date | None) -> dict[int, dict[str, int]]:
    """Return how many ties each place has and how many of them stand or are over."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for tie in ties_on(day):
        for place in (tie.place_id, tie.chinese_place_id):
            found[place]["agreements"] += 1
            found[place]["presumed"] += tie.is_presumed
            found[place]["confirmed"] += tie.is_standing and tie.confirmed
            found[place]["over"] += tie.is_over
    empty = dict.fromkeys(("agreements", "presumed", "confirmed", "over"), 0)
    return defaultdict(lambda: empty, {key: dict(own) for key, own in found.items()})


# --- Ties ---------------------------------------------------------------------
def twinning_rows(day: datetime.date | None) -> list[dict[str, Any]]:
    """Return every tie with the event that its status rests on."""
    return [twinning_row(tie) for tie in ties_on(day)]


def twinning_row(tie: Twinning) -> dict[str, Any]:
    """Return one tie's row; `confirmed` is false where it is presumed from a list."""
    event = tie.latest_event
    return {
        "place": tie.place.slug,
        "chinese_place": tie.chinese_place.slug,
        "kind": tie.kind,
        "established_on": tie.established_on,
        "status": tie.status,
        "confirmed": tie.confirmed,
        "since": since(tie, event),
        "source_title": event.source_title if event else "",
        "source_url": event.source_url if event else "",
        "source_kind": event.source_kind if event else "",
        "archived_url": event.archived_url if event else "",
        "changed_sometime_in": changed_sometime_in(tie),
        "id": f"{tie.place.slug}/{tie.chinese_place.slug}",
    }


def since(tie: Twinning, event: StatusEvent | None) -> str:
    """Return since when the status holds, as exactly as known: year, month or day.

    The day a list was read is not when its ties began, so a tie that stands by a
    list alone holds since it was established.
    """
    if tie.status == Status.ACTIVE and not tie.confirmed:
        return tie.established_on
    return event.happened_on if event else ""


def changed_sometime_in(tie: Twinning) -> str:
    """Return the date that is too coarse to tell the status on the day asked for."""
    open_events = tie.standing.sometime if tie.standing else ()
    return (open_events[-1].happened_on or "undated") if open_events else ""


# --- Events -------------------------------------------------------------------
def event_rows(day: datetime.date | None) -> list[dict[str, Any]]:
    """Return every event that had happened by a day, or may have."""
    rows = []
    for tie in ties_on(None):
        events = sorted(tie.events.all(), key=StatusEvent.order)
        spans = spans_of(events, tie.established)
        for event, (first, _) in zip(events, spans, strict=True):
            if day is None or first <= day:
                rows.append(event_row(tie, event))
    return rows


def event_row(tie: Twinning, event: StatusEvent) -> dict[str, Any]:
    """Return one event's row. Who checked it is not published."""
    summary = ("summary_en", "summary_zh_hant", "summary_zh_hans")
    return {
        "id": event.pk,
        "place": tie.place.slug,
        "chinese_place": tie.chinese_place.slug,
        "status": event.status,
        "happened_on": event.happened_on,
        "sequence": event.sequence,
        "date_inferred": event.date_inferred,
        **{name: getattr(event, name) or "" for name in summary},
        "source_title": event.source_title,
        "source_url": event.source_url,
        "source_kind": event.source_kind,
        "archived_url": event.archived_url,
        "checked_on": event.checked_on.isoformat() if event.checked_on else "",
        "recorded_on": event.recorded_on.isoformat(),
    }
