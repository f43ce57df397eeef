"""Where there is land: Natural Earth's outlines, without any border."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cities.map.projection import HALF
from cities.map.sphere import Point

DATA = Path(__file__).resolve().parent.parent / "data"
# At 1:110 million for wide maps, at 1:50 million for what is looked at closely.
COARSE, FINE = "land-110m.json", "land-50m.json"
# Antarctica is never shown; its outline runs along the edge of the flat original.
SOUTHERNMOST = -60.0


@cache
def rings(name: str = COARSE) -> tuple[tuple[Point, ...], ...]:
    """Return the outline of every land and inland sea but Antarctica."""
    topology = json.loads((DATA / name).read_text("utf-8"))
    arcs = [unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["land"]["geometries"]
    found = [
        tuple(joined(ring, arcs))
        for shape in shapes
        for polygon in shape["arcs"]
        for ring in polygon
    ]
    return tuple(
        ring for ring in found if min(point[1] for point in ring) > SOUTHERNMOST
    )


def unpacked(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    """Return the points of a TopoJSON arc: each is a step from the one before."""
    (across, up), (left, bottom) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((left + x * across, bottom + y * up))
    return points


def joined(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return a ring from its arcs; a negative number means the arc backwards."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def unrolled(ring: tuple[Point, ...], middle: float) -> list[Point]:
    """Return a ring in degrees east of `middle`, going on past 180 where it does."""
    points: list[Point] = []
    for longitude, latitude in ring:
        turned = longitude - middle
        if points:
            turned -= 360 * round((turned - points[-1][0]) / 360)
        points.append((turned, latitude))
    return points


def seen(
    ring: tuple[Point, ...], middle: float, window: tuple[float, float, float, float]
) -> list[list[Point]]:
    """Return what a window shows of a ring, in degrees east of `middle`.

    The window is west, south, east, north. A ring that is cut opposite the middle
    appears at both ends.
    """
    west, south, east, north = window
    points = unrolled(ring, middle)
    lowest, highest = min(y for _, y in ring), max(y for _, y in ring)
    if highest < south or lowest > north:
        return []
    found = []
    for turn in (-2 * HALF, 0.0, 2 * HALF):
        shape = [(longitude + turn, latitude) for longitude, latitude in points]
        for axis, limit, sign in (
            (0, west, 1),
            (0, east, -1),
            (1, south, 1),
            (1, north, -1),
        ):
            shape = clipped(shape, axis, limit, sign)
        if len(shape) > 2:
            found.append(shape)
    return found


def clipped(shape: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """Return the part of a closed shape on one side of a straight line.

    Sutherland and Hodgman's way: `axis` 0 compares longitudes, 1 latitudes.
    """
    found = []
    for before, here in zip([*shape[-1:], *shape], shape, strict=False):
        a, b = sign * (before[axis] - limit), sign * (here[axis] - limit)
        if (a < 0) != (b < 0):
            share = a / (a - b)
            found.append(
                (
                    before[0] + share * (here[0] - before[0]),
                    before[1] + share * (here[1] - before[1]),
                )
            )
        if b >= 0:
            found.append(here)
    return found
