"""The two files that can be brought back: ties, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cities.models import Place, StatusEvent, Twinning
from cities.open_data import twinning_row
from cities.search import SEPARATOR, fold

Pair = tuple[str, str]
# Which cells of a new tie describe its first event, and by which name there.
FIRST_EVENT = {
    "status": "status",
    "since": "happened_on",
    "source_title": "source_title",
    "source_url": "source_url",
    "source_kind": "source_kind",
    "archived_url": "archived_url",
}


@dataclass
class Known:
    """What stands on record, loaded once for a whole file."""

    ties: dict[Pair, Twinning]
    events: dict[str, StatusEvent]
    places: dict[str, Place]
    by_name: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Known:
        """Load places, ties and events, in four queries."""
        ties = list(Twinning.objects.with_history())
        places = {place.slug: place for place in Place.objects.in_name_order()}
        known = cls({pair_of(tie): tie for tie in ties}, {}, places)
        for tie in ties:
            for event in tie.events.all():
                event.twinning = tie
                known.events[str(event.pk)] = event
        for slug, place in places.items():
            for name in place.search_text.split(SEPARATOR):
                known.by_name.setdefault(name, []).append(slug)
        return known

    def slugs_called(self, name: str) -> list[str]:
        """Return the slugs of the places that have exactly this name."""
        return self.by_name.get(fold(name), [])


def pair_of(tie: Twinning) -> Pair:
    """Return the slugs of a tie's two places."""
    return (tie.place.slug, tie.chinese_place.slug)


def event_row(event: StatusEvent) -> dict[str, Any]:
    """Return one event's row; `id` stays the same as long as the event stands."""
    return {
        "id": event.pk,
        "place": event.twinning.place.slug,
        "chinese_place": event.twinning.chinese_place.slug,
        "status": event.status,
        "happened_on": event.happened_on,
        "sequence": event.sequence,
        "date_inferred": event.date_inferred,
        "summary_en": event.summary_en or "",  # type: ignore[attr-defined]
        "summary_zh_hant": event.summary_zh_hant or "",  # type: ignore[attr-defined]
        "summary_zh_hans": event.summary_zh_hans or "",  # type: ignore[attr-defined]
        "source_title": event.source_title,
        "source_url": event.source_url,
        "source_kind": event.source_kind,
        "archived_url": event.archived_url,
        "checked_on": event.checked_on.isoformat() if event.checked_on else "",
    }


@dataclass(frozen=True)
class Kind:
    """One kind of file: its name, its columns and which of them can be changed."""

    name: str
    label: str | Promise
    model: type[Twinning] | type[StatusEvent]
    editable: tuple[str, ...]

    @property
    def columns(self) -> Sequence[str]:
        """The columns that a file must have, in the order of the public data."""
        return TIE_COLUMNS if self.model is Twinning else EVENT_COLUMNS

    @property
    def optional(self) -> Sequence[str]:
        """Further columns of the public data, which a file may have."""
        return ("changed_sometime_in", "id") if self.model is Twinning else PUBLIC_ONLY

    def row(self, instance: Any) -> dict[str, Any]:
        """Return a stored row as the file shows it."""
        is_tie = isinstance(instance, Twinning)
        return twinning_row(instance) if is_tie else event_row(instance)

    def rows(self, known: Known) -> list[dict[str, Any]]:
        """Return every stored row, in an order that stays the same."""
        ties = [known.ties[pair] for pair in sorted(known.ties)]
        if self.model is Twinning:
            return [twinning_row(tie) for tie in ties]
        events = [event for tie in ties for event in reversed(tie.history)]
        return [event_row(event) for event in events]


TIE_COLUMNS = (
    *("place", "chinese_place", "kind", "established_on", "status", "confirmed"),
    *("since", "source_title", "source_url", "source_kind", "archived_url"),
)
EVENT_COLUMNS = (
    *("id", "place", "chinese_place", "status", "happened_on", "sequence"),
    *("date_inferred", "summary_en", "summary_zh_hant", "summary_zh_hans"),
    *("source_title", "source_url", "source_kind", "archived_url", "checked_on"),
)
PUBLIC_ONLY = ("recorded_on",)
KINDS = {
    "twinnings": Kind(
        "twinnings", _("Twinnings"), Twinning, ("kind", "established_on")
    ),
    "status-events": Kind(
        "status-events", _("Status events"), StatusEvent, EVENT_COLUMNS[3:]
    ),
}
