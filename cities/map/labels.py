"""The words on the map: countries on the world's, the two ends on a place's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.formats import number_format

from cities.countries import COUNTRIES
from cities.map.sheet import Sheet
from cities.map.sphere import Point
from cities.map.ties import DrawnTie, End
from detwin.languages import CODES, OUTPUT_TAGS, current

# Where a country's name stands clear of the ways: longitude, latitude, and which end
# of the text is there. Countries without an entry have no name on the world's map.
CLEAR: dict[str, tuple[float, float, str]] = {
    "AU": (111.0, -27.0, "end"),
    "CA": (-57.0, 55.0, "start"),
    "DE": (5.0, 38.5, "start"),
    "GB": (-23.5, 44.0, "start"),
    "JP": (147.0, 31.0, "start"),
    "NZ": (167.0, -48.0, "end"),
    "SE": (-8.0, 69.0, "start"),
    "US": (-108.0, 13.0, "end"),
}
# On a phone there is room for these only.
MAJOR = ("AU", "JP", "US")
# More names than these would cover the map.
MOST_NAMES = 6
# In units, from a place to the foot of its name, which stands below it.
BELOW = 28
# In units, from a place to the foot of its name above it, and what hangs below a foot.
ABOVE, DESCENT = 16, 8


@dataclass(frozen=True)
class Label:
    """A text with the spot, in units, at which it begins, ends or has its middle."""

    x: int
    y: int
    text: str
    anchor: str = "start"
    number: str = ""
    tag: str = ""
    is_minor: bool = False


def country_labels(ties: list[DrawnTie], sheet: Sheet) -> list[Label]:
    """Return the countries of some ties by name, with the number of their ties."""
    counted = Counter(tie.place.country for tie in ties)
    return [
        label_at(
            sheet,
            (longitude, latitude),
            str(COUNTRIES[code]),
            anchor=anchor,
            number=number_format(counted[code], force_grouping=True),
            is_minor=code not in MAJOR,
        )
        for code, (longitude, latitude, anchor) in CLEAR.items()
        if counted[code]
    ]


def end_labels(ties: list[DrawnTie], sheet: Sheet) -> list[Label]:
    """Return the names of the places on a fitted map, unless they are too many."""
    places = {end for tie in ties for end in (tie.place, tie.chinese_place)}
    if len(places) > MOST_NAMES:
        return []
    return [end_label(end, sheet) for end in sorted(places, key=lambda end: end.slug)]


def end_label(end: End, sheet: Sheet) -> Label:
    """Return a place's name, running towards the middle of the map.

    It stands below the place, or above it where the map would cut it off.
    """
    x, y = sheet.place(end.point)
    is_low = y + BELOW + DESCENT > sheet.height
    is_left = x < sheet.width / 2
    text, tag = name_of(end)
    return Label(
        round(x),
        round(y) + (-ABOVE if is_low else BELOW),
        text,
        "start" if is_left else "end",
        tag=tag,
    )


def name_of(end: End) -> tuple[str, str]:
    """Return a place's name and, where that is not the reader's own, its language."""
    code = current()
    for other in (code, *reversed(CODES)):
        if text := end.names[CODES.index(other)]:
            return text, "" if other == code else OUTPUT_TAGS[other]
    return end.slug, ""


def label_at(
    sheet: Sheet,
    point: Point,
    text: str,
    *,
    anchor: str,
    number: str,
    is_minor: bool,
) -> Label:
    """Return a label at a point of the globe."""
    x, y = sheet.place(point)
    return Label(round(x), round(y), text, anchor, number, is_minor=is_minor)
