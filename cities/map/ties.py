"""The agreements as the map needs them: two ends and a status, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cities.map.sphere import Point, great_circle
from cities.models import Twinning
from detwin.languages import CODES, column

COLUMNS = ("slug", "country", "longitude", "latitude")
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
    """A tie between a place and a place in China."""

    status: str
    place: End
    chinese_place: End

    def way(self) -> list[Point]:
        """Return the shortest way over the globe between its ends."""
        return great_circle(self.place.point, self.chinese_place.point)


def drawn_ties(statuses: Mapping[int, str] | None = None) -> list[DrawnTie]:
    """Return what is drawn of every tie, in a settled order, by one query.

    `statuses` by a tie's key stand in for the present ones, as on a day in the past;
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
            status if statuses is None else statuses[key],
            end_of(values[:size]),
            end_of(values[size:]),
        )
        for key, status, *values in ties.values_list("pk", "status", *fields)
        if statuses is None or key in statuses
    ]


def end_of(values: list[object]) -> End:
    """Return one end from its columns."""
    slug, country, longitude, latitude, *names = values
    point = (float(str(longitude)), float(str(latitude)))
    return End(str(slug), str(country), point, tuple(str(name or "") for name in names))
