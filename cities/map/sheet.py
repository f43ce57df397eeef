"""The sheet that a map is drawn on: which part of the globe, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from cities.map.projection import HALF, Projection, Spot, middle_of
from cities.map.sphere import Point

# China lies left of the middle and the Americas right of it, so that the map is cut
# in the Atlantic and the ways to China are whole.
WORLD = Projection(middle=155.0, parallel=40.0)
SOUTH, NORTH = -50.0, 89.0
# The room that a fitted map leaves around what it shows, as a share of its size.
MARGIN = 0.08
# In degrees of latitude: no fitted map is narrower than this.
NARROWEST = 12.0
# Width by height of a fitted map.
SHAPE = 2.0


@dataclass(frozen=True)
class Sheet:
    """A window on a flat map, `width` units wide.

    `left` and `top` are the spot in its corner, and `scale` is units to a degree.
    """

    projection: Projection
    left: float
    top: float
    scale: float
    width: int
    height: int

    def units(self, spot: Spot) -> Spot:
        """Return where a spot of the flat map lies on the sheet."""
        return (spot[0] - self.left) * self.scale, (spot[1] - self.top) * self.scale

    def place(self, point: Point) -> Spot:
        """Return where a point of the globe lies on the sheet."""
        return self.units(self.projection.place(point))

    @property
    def window(self) -> tuple[float, float, float, float]:
        """What it shows: west and east in degrees from the middle, south and north."""
        narrowing = self.projection.narrowing
        west, east = self.left, self.left + self.width / self.scale
        south, north = -self.top - self.height / self.scale, -self.top
        return west / narrowing, south, east / narrowing, north


def world_sheet(width: int) -> Sheet:
    """Return the sheet of the whole inhabited world."""
    left, top = WORLD.spot(-HALF, NORTH)
    scale = width / (-2 * left)
    return Sheet(WORLD, left, top, scale, width, round((NORTH - SOUTH) * scale))


def fitted_sheet(
    ends: list[Point],
    ways: list[list[Point]],
    width: int,
    shape: float = SHAPE,
    narrowest: float = NARROWEST,
) -> Sheet:
    """Return the sheet that shows every one of some ways, and their ends.

    Where the ways would be cut, as those from one place to Europe and America, the
    map has the middle of the world's, which cuts as few as can be.
    """
    projection = fitting(ends)
    pieces = [projection.line(way) for way in ways]
    if any(len(lines) > 1 for lines in pieces):
        projection = WORLD
        pieces = [projection.line(way) for way in ways]
    spots = [spot for lines in pieces for line in lines for spot in line]
    spots += map(projection.place, ends)
    return around(projection, spots, width, shape, narrowest)


def fitting(ends: list[Point]) -> Projection:
    """Return the projection that shows some places with the least distortion."""
    latitudes = [latitude for _, latitude in ends]
    return Projection(
        middle=middle_of([longitude for longitude, _ in ends]),
        parallel=min(60.0, abs(min(latitudes) + max(latitudes)) / 2),
    )


def around(
    projection: Projection,
    spots: list[Spot],
    width: int,
    shape: float,
    narrowest: float,
) -> Sheet:
    """Return the smallest sheet of a shape, width by height, around some spots."""
    across, down = [x for x, _ in spots], [y for _, y in spots]
    wide, high = max(across) - min(across), max(down) - min(down)
    room = (1 + 2 * MARGIN) * max(wide, high * shape, narrowest * shape)
    span = min(room, 2 * HALF * projection.narrowing)
    left = (max(across) + min(across) - span) / 2
    top = max((max(down) + min(down) - span / shape) / 2, -NORTH)
    return Sheet(projection, left, top, width / span, width, round(width / shape))
