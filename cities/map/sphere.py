"""The shortest way between two places on the globe, taken as a sphere."""

from __future__ import annotations

from math import acos, asin, atan2, cos, degrees, radians, sin

# Longitude and latitude in decimal degrees, WGS 84.
Point = tuple[float, float]
Vector = tuple[float, float, float]

STEPS = 180
# Below this the two ends are one place, or lie opposite each other.
NEARLY_NOTHING = 1e-9


def great_circle(start: Point, end: Point, steps: int = STEPS) -> list[Point]:
    """Return `steps` + 1 points at even distances from `start` to `end`.

    Places exactly opposite each other have no one shortest way; they get a bare line.
    """
    first, last = vector(start), vector(end)
    angle = acos(max(-1.0, min(1.0, sum(map(product, first, last)))))
    if sin(angle) < NEARLY_NOTHING:
        return [start, end]
    between = [
        point(blend(first, last, angle, step / steps)) for step in range(1, steps)
    ]
    return [start, *between, end]


def vector(place: Point) -> Vector:
    """Return the place as a unit vector from the middle of the earth."""
    longitude, latitude = map(radians, place)
    return (
        cos(latitude) * cos(longitude),
        cos(latitude) * sin(longitude),
        sin(latitude),
    )


def point(place: Vector) -> Point:
    """Return the longitude and latitude under a unit vector."""
    x, y, z = place
    return degrees(atan2(y, x)), degrees(asin(max(-1.0, min(1.0, z))))


def blend(first: Vector, last: Vector, angle: float, share: float) -> Vector:
    """Return the vector a `share` of the way from one to the other."""
    a, b = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
    x, y, z = (a * one + b * other for one, other in zip(first, last, strict=True))
    return x, y, z


def product(a: float, b: float) -> float:
    """Multiply two numbers."""
    return a * b
