"""Lines as the text of an SVG path, in few whole numbers."""

from __future__ import annotations

from math import hypot

from cities.map.projection import Spot


def simplified(line: list[Spot], tolerance: float) -> list[Spot]:
    """Return the line without spots nearer than `tolerance` to what remains.

    Ramer, Douglas and Peucker's way, without recursion.
    """
    keep = {0, len(line) - 1}
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        farthest, distance = 0, tolerance
        for index in range(first + 1, last):
            away = distance_from(line[index], line[first], line[last])
            if away > distance:
                farthest, distance = index, away
        if farthest:
            keep.add(farthest)
            open_spans += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(keep)]


def distance_from(spot: Spot, start: Spot, end: Spot) -> float:
    """Return how far a spot is from the straight line between two others."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = run * run + rise * rise
    if not length:
        return hypot(spot[0] - start[0], spot[1] - start[1])
    along = ((spot[0] - start[0]) * run + (spot[1] - start[1]) * rise) / length
    share = max(0.0, min(1.0, along))
    return hypot(
        spot[0] - start[0] - share * run,
        spot[1] - start[1] - share * rise,
    )


def path(line: list[Spot], *, closed: bool = False) -> str:
    """Write a line as a path: where it starts, then steps, in whole units."""
    x, y = (round(value) for value in line[0])
    text, last = f"M{x} {y}", (x, y)
    steps = []
    for spot in line[1:]:
        here = (round(spot[0]), round(spot[1]))
        if here != last:
            steps.append(f"{here[0] - last[0]}{signed(here[1] - last[1])}")
            last = here
    if steps:
        text += "l" + "".join(
            step if step.startswith("-") or not index else f" {step}"
            for index, step in enumerate(steps)
        )
    return f"{text}z" if closed else text


def signed(number: int) -> str:
    """Write a number so that it is told apart from one before it."""
    return str(number) if number < 0 else f" {number}"


def dots(spots: list[Spot]) -> str:
    """Write spots as lines without length; a round or square cap makes them seen."""
    whole = sorted({(round(x), round(y)) for x, y in spots})
    return "".join(f"M{x} {y}h0" for x, y in whole)
