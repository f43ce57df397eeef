"""The rows of the list of places, loaded in three queries however many there are."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cities.models import Place, Twinning
from cities.models.twinning import Status
from front.counts import named
from petitions.models import Petition

# Of several ties the first of these speaks for the place.
DOMINANT = (
    Status.ACTIVE,
    Status.UNDER_REVIEW,
    Status.SUSPENDED,
    Status.UNKNOWN,
    Status.ENDED,
    Status.LAPSED,
)
PLACE_COLUMNS = (
    "slug",
    "country",
    "name",
    "name_en",
    "name_zh_hant",
    "name_zh_hans",
    "region",
    "region_en",
    "region_zh_hant",
    "region_zh_hans",
)
TIE_COLUMNS = (
    "place",
    "chinese_place",
    "kind",
    "established_on",
    "status",
    "confirmed",
)


@dataclass(frozen=True)
class Partner:
    """The place at the other end of a tie, with the tie's status in words."""

    place: Place
    status: str
    status_label: str
    is_presumed: bool
    is_over: bool


@dataclass
class Row:
    """One place of the list with its ties and its running petition's slug."""

    place: Place
    ties: list[Twinning] = field(default_factory=list)
    petition_slug: str = ""

    @property
    def status(self) -> str:
        """The status that speaks for the place; empty when no tie is on record."""
        own = {tie.status for tie in self.ties}
        return next((status.value for status in DOMINANT if status in own), "")

    @property
    def status_label(self) -> str:
        """That status in words."""
        speaking = [tie for tie in self.ties if tie.status == self.status]
        speaking.sort(key=lambda tie: tie.is_presumed)
        return speaking[0].status_label if speaking else _("no twinning on record")

    @property
    def established(self) -> datetime.date | None:
        """The last day by which its oldest tie was agreed; None when not known."""
        known = [tie.established.last_day for tie in self.ties if tie.established]
        return min(known, default=None)

    @property
    def partners(self) -> list[Partner]:
        """The other end of each tie; its label is looked up faster than Django's."""
        here = self.place.is_in_china
        return [
            Partner(
                place=tie.place if here else tie.chinese_place,
                status=tie.status,
                status_label=tie.status_label,
                is_presumed=tie.is_presumed,
                is_over=tie.is_over,
            )
            for tie in self.ties
        ]

    @property
    def is_presumed(self) -> bool:
        """Tell whether what stands rests on lists alone."""
        standing = [tie for tie in self.ties if tie.status == Status.ACTIVE]
        return bool(standing) and all(tie.is_presumed for tie in standing)

    def has(self, status: str) -> bool:
        """Tell whether any tie of the place has this status, or is counted as it.

        `active` is every tie that stands; `presumed` and `confirmed` part them.
        """
        return any(
            status in (tie.status, named(tie.status, tie.confirmed))
            for tie in self.ties
        )


def load_rows(day: datetime.date | None = None, history: bool = False) -> list[Row]:
    """Load every place with its ties and petition, in the order of English names.

    As of an earlier day the ties have the status they had, and petitions are left
    out: they are not part of the record. `history` loads the events too.
    """
    places = Place.objects.in_name_order().only(*PLACE_COLUMNS)
    rows = {place.pk: Row(place) for place in places}
    for tie in _ties(day, history):
        row, chinese_row = rows[tie.place_id], rows[tie.chinese_place_id]
        tie.place, tie.chinese_place = row.place, chinese_row.place
        row.ties.append(tie)
        chinese_row.ties.append(tie)
    for place_id, slug in [] if day else _petitions():
        rows[place_id].petition_slug = slug
    return list(rows.values())


def by_country(rows: list[Row]) -> dict[str, list[Row]]:
    """Group rows by their country's code."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.place.country].append(row)
    return grouped


def _ties(day: datetime.date | None, history: bool) -> list[Twinning]:
    ordered = Twinning.objects.order_by("chinese_place__name_en", "place__name_en")
    ties = ordered.only(*TIE_COLUMNS)
    if day:
        return ties.as_of(day)
    return list(ties.prefetch_related("events") if history else ties)


def _petitions() -> list[tuple[int, str]]:
    running = Petition.objects.running().filter(scope=Petition.Scope.CITY)
    return [(pk, slug) for pk, slug in running.values_list("place_id", "slug") if pk]
