"""The agreements as the map needs them: two ends and a status, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cities.map.sphere import Point, great_circle
from cities.models import Twinning
from cities.models.twinning import Status
from detwin.languages import CODES, column

COLUMNS = ("slug", "country", "longitude", "latitude")
OWN = ("pk", "status", "confirmed")
CONFIRMED = "confirmed"
NAMES = tuple(column("name", code) for code in CODES)


@dataclass(frozen=True)
class End:
    """One of the two places of a tie; names are in the order of our languages."""

    slug: str
    country: str
    point: Point
    names: tuple[str, ...]


@dataclass(frozen=True)
class DrawnTie:
    """A tie between a place and a place in China.

    `look` is its status, but `confirmed` where it stands by more than a list.
    """

    look: str
    place: End
    chinese_place: End

    def way(self) -> list[Point]:
        """Return the shortest way over the globe between its ends."""
        return great_circle(self.place.point, self.chinese_place.point)


def look_of(status: str, confirmed: bool) -> str:
    """Return how a tie is drawn: more than a list's word is told from that alone."""
    return CONFIRMED if confirmed and status == Status.ACTIVE else status


def drawn_of(ties: Iterable[Twinning]) -> list[Twinning]:
    """Keep the ties that a map of their day shows: not those agreed after it."""
    return [tie for tie in ties if not (tie.standing and tie.standing.not_yet)]


def looks_of(ties: Iterable[Twinning]) -> set[str]:
    """Return how some ties are drawn, for the key to their map."""
    return {look_of(tie.status, tie.confirmed) for tie in drawn_of(ties)}


def drawn_ties(looks: Mapping[int, str] | None = None) -> list[DrawnTie]:
    """Return what is drawn of every tie, in a settled order, by one query.

    `looks` by a tie's key stand in for the present ones, as on a day in the past;
    a tie that it does not name is not drawn.
    """
    fields = [
        f"{end}__{name}"
        for end in ("place", "chinese_place")
        for name in (*COLUMNS, *NAMES)
    ]
    ties = Twinning.objects.order_by("place__slug", "chinese_place__slug")
    size = len(fields) // 2
    return [
        DrawnTie(
            look_of(status, confirmed) if looks is None else looks[key],
            end_of(values[:size]),
            end_of(values[size:]),
        )
        for key, status, confirmed, *values in ties.values_list(*OWN, *fields)
        if looks is None or key in looks
    ]


def end_of(values: list[object]) -> End:
    """Return one end from its columns."""
    slug, country, longitude, latitude, *names = values
    point = (float(str(longitude)), float(str(latitude)))
    return End(str(slug), str(country), point, tuple(str(name or "") for name in names))
