"""What the map shows, as the text of SVG paths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cities.map.land import COARSE, FINE, rings, seen
from cities.map.paths import dots, path, simplified
from cities.map.projection import Spot
from cities.map.sheet import Sheet, fitted_sheet, world_sheet
from cities.map.sphere import Point, great_circle
from cities.map.ties import CONFIRMED, DrawnTie
from cities.models.twinning import Status

WORLD_UNITS, FITTED_UNITS = 1600, 800
# In units: what is nearer than this to a simpler line is left out. A few ways alone
# are looked at closely, and can be smoother.
WAY_TOLERANCE, FEW_WAYS_TOLERANCE, LAND_TOLERANCE = 0.6, 0.1, 0.9
# Up to so many lines may be smooth, and strong without hiding each other.
FEW = 12
# In square units: smaller islands are left out.
SMALLEST_ISLAND = 6.0
# Where the ways come together, longitude and latitude.
MIDDLE_OF_PARTNERS = (116.0, 33.0)
# Places on less than this share of the width are enlarged, if they are so many.
CROWDED, FEWEST_ENLARGED, INSET_UNITS = 0.15, 5, 200
# An inset is drawn in steps a third of the map's, or its coasts would be jagged.
INSET_FINENESS = 3
# In units to a degree: from here on the coarse outline looks cut with scissors.
CLOSE = 10
# What is drawn first lies below: what has ended lies on top of everything.
FROM_BELOW = (
    Status.UNKNOWN,
    Status.ACTIVE,
    CONFIRMED,
    Status.UNDER_REVIEW,
    Status.SUSPENDED,
    Status.LAPSED,
    Status.ENDED,
)
# Of several ties the first of these speaks for the place, as in the list of places.
SPEAKING = (
    CONFIRMED,
    Status.ACTIVE,
    Status.UNDER_REVIEW,
    Status.SUSPENDED,
    Status.UNKNOWN,
    Status.ENDED,
    Status.LAPSED,
)


@dataclass(frozen=True)
class Layer:
    """The ties of one look: their ways and the places they start from."""

    look: str
    ways: str
    places: str


@dataclass(frozen=True)
class Inset:
    """A country's own places, enlarged in a corner: its spot and size in units."""

    x: int
    y: int
    width: int
    height: int
    units: int
    land: str
    layers: list[Layer]


@dataclass(frozen=True)
class Drawing:
    """A finished map: its size in units and its paths, from below."""

    width: int
    height: int
    land: str
    layers: list[Layer]
    chinese_places: str
    sheet: Sheet
    china: tuple[int, int]
    fade: int


def draw_world(ties: list[DrawnTie]) -> Drawing:
    """Draw ties on the map of the world."""
    return draw(ties, world_sheet(WORLD_UNITS))


def draw_fitted(ties: list[DrawnTie]) -> Drawing:
    """Draw ties on a map that ends where they end."""
    ends = [end.point for tie in ties for end in (tie.place, tie.chinese_place)]
    return draw(ties, fitted_sheet(ends, [tie.way() for tie in ties], FITTED_UNITS))


def draw(ties: list[DrawnTie], sheet: Sheet) -> Drawing:
    """Draw ties on a sheet; lines that stand fade where they come together."""
    china = sheet.place(MIDDLE_OF_PARTNERS)
    return Drawing(
        width=sheet.width,
        height=sheet.height,
        land=land_path(sheet),
        layers=layers(ties, sheet),
        chinese_places=dots([sheet.place(tie.chinese_place.point) for tie in ties]),
        sheet=sheet,
        china=(round(china[0]), round(china[1])),
        fade=sheet.width // 3,
    )


def inset_of(ties: list[DrawnTie], sheet: Sheet) -> Inset | None:
    """Return an enlargement of the places that are asked, where they are crowded.

    It stands in the corner below them, which ways to the north of China leave free.
    """
    points = sorted({tie.place.point for tie in ties})
    spots = [sheet.place(point) for point in points]
    across, down = [x for x, _ in spots], [y for _, y in spots]
    is_crowded = max(across) - min(across) < CROWDED * sheet.width
    if len(points) < FEWEST_ENLARGED or not is_crowded:
        return None
    if max(down) > sheet.height - INSET_UNITS:
        return None
    units = INSET_UNITS * INSET_FINENESS
    enlarged = fitted_sheet(points, [], units, shape=1.0, narrowest=2.0)
    is_left = sum(across) / len(across) < sheet.width / 2
    return Inset(
        x=0 if is_left else sheet.width - INSET_UNITS,
        y=sheet.height - INSET_UNITS,
        width=INSET_UNITS,
        height=INSET_UNITS,
        units=units,
        land=land_path(enlarged),
        layers=layers(ties, enlarged),
    )


def layers(ties: list[DrawnTie], sheet: Sheet) -> list[Layer]:
    """Return a layer for each look that there is, from below."""
    speaking = looks_of_places(ties)
    tolerance = FEW_WAYS_TOLERANCE if len(ties) <= FEW else WAY_TOLERANCE
    found = []
    for look in FROM_BELOW:
        own = [tie for tie in ties if tie.look == look]
        starts = [point for point, spoken in speaking.items() if spoken == look]
        if own:
            ways = "".join(way_path(tie, sheet, tolerance) for tie in own)
            spots = dots([sheet.place(point) for point in starts])
            found.append(Layer(str(look), ways, spots))
    return found


def looks_of_places(ties: list[DrawnTie]) -> dict[Point, str]:
    """Return the look that speaks for each place outside China."""
    found: dict[Point, str] = {}
    for tie in sorted(ties, key=lambda tie: SPEAKING.index(tie.look)):
        found.setdefault(tie.place.point, tie.look)
    return found


def way_path(tie: DrawnTie, sheet: Sheet, tolerance: float) -> str:
    """Return the path of one tie."""
    return way_between(tie.place.point, tie.chinese_place.point, sheet, tolerance)


@lru_cache(maxsize=4_096)
def way_between(start: Point, end: Point, sheet: Sheet, tolerance: float) -> str:
    """Return the path between two places; in several pieces where the map cuts it."""
    lines = sheet.projection.line(great_circle(start, end))
    return "".join(path(plain(line, sheet, tolerance)) for line in lines)


def plain(line: list[Spot], sheet: Sheet, tolerance: float) -> list[Spot]:
    """Return a line of the flat map in units of the sheet, with few spots."""
    return simplified([sheet.units(spot) for spot in line], tolerance)


@lru_cache(maxsize=64)
def land_path(sheet: Sheet) -> str:
    """Return the land that a sheet shows."""
    shapes = [
        plain([sheet.projection.spot(*point) for point in shape], sheet, LAND_TOLERANCE)
        for ring in rings(FINE if sheet.scale > CLOSE else COARSE)
        for shape in seen(ring, sheet.projection.middle, sheet.window)
    ]
    return "".join(
        path(shape, closed=True) for shape in shapes if area(shape) > SMALLEST_ISLAND
    )


def area(shape: list[Spot]) -> float:
    """Return the area of a closed shape, in square units."""
    pairs = zip(shape, [*shape[1:], shape[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
