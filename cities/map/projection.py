"""From the globe to the flat map: equirectangular, turned to any middle."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from cities.map.sphere import Point

# A place on the flat map: x to the right and y downwards.
Spot = tuple[float, float]
HALF = 180.0


@dataclass(frozen=True)
class Projection:
    """Equirectangular, true to shape at one latitude.

    `middle` is the longitude in the middle of the map; the map is cut opposite it.
    `parallel` is the latitude at which distances to all sides are alike. A spot's
    unit is one degree of latitude.
    """

    middle: float
    parallel: float

    def turned(self, longitude: float) -> float:
        """Return degrees east of the middle, from -180 up to 180."""
        return (longitude - self.middle + HALF) % 360 - HALF

    @property
    def narrowing(self) -> float:
        """How long a degree of longitude is, measured in degrees of latitude."""
        return cos(radians(self.parallel))

    def spot(self, turned: float, latitude: float) -> Spot:
        """Return where a turned longitude and a latitude lie on the map."""
        return turned * self.narrowing, -latitude

    def place(self, point: Point) -> Spot:
        """Return where a point of the globe lies on the map."""
        return self.spot(self.turned(point[0]), point[1])

    def line(self, points: list[Point]) -> list[list[Spot]]:
        """Return a way over the globe as lines on the map, parted where it is cut."""
        pieces: list[list[Spot]] = []
        piece: list[Spot] = []
        before = None
        for longitude, latitude in points:
            here = (self.turned(longitude), latitude)
            if before and abs(here[0] - before[0]) > HALF:
                leaving, entering, height = crossing(before, here)
                pieces.append([*piece, self.spot(leaving, height)])
                piece = [self.spot(entering, height)]
            piece.append(self.spot(*here))
            before = here
        return [*pieces, piece]


def crossing(before: Point, after: Point) -> tuple[float, float, float]:
    """Return the edge a way leaves by, the one it enters by, and the latitude there."""
    edge = HALF if before[0] > 0 else -HALF
    out, back = HALF - abs(before[0]), HALF - abs(after[0])
    share = out / (out + back) if out + back else 0.0
    return edge, -edge, before[1] + share * (after[1] - before[1])


def middle_of(longitudes: list[float]) -> float:
    """Return the longitude in the middle of the narrowest span that holds all."""
    ordered = sorted({longitude % 360 for longitude in longitudes})
    gaps = [
        ((after - before) % 360 or 360, after)
        for before, after in zip([ordered[-1], *ordered], ordered, strict=False)
    ]
    widest, first = max(gaps)
    return (first + (360 - widest) / 2 + HALF) % 360 - HALF
