"""The list of places in groups, and what it can be narrowed down to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy, override

from cities.countries import CHINA, COUNTRIES
from cities.definitions import STATUSES
from front.counts import count, named
from front.place_rows import DOMINANT, Row, by_country

# By what the rows of a country may stand; a place without a year comes last.
SORTS = {
    "name": gettext_lazy("name"),
    "status": gettext_lazy("status"),
    "established": gettext_lazy("oldest agreement first"),
}


def in_order(rows: list[Row], sort: str) -> list[Row]:
    """Sort rows, which are in the order of names; equal ones stay so."""
    if sort == "status":
        order = [*DOMINANT, ""]
        return sorted(rows, key=lambda row: (order.index(row.status), row.is_presumed))
    if sort == "established":
        return sorted(rows, key=lambda row: row.established or datetime.date.max)
    return rows


def groups(rows: list[Row]) -> list[dict[str, Any]]:
    """Group rows by country in the order of English names, China last."""
    grouped = by_country(rows)
    return [
        {
            "code": code,
            "name": COUNTRIES.get(code, code),
            "page": "" if code == CHINA else code.lower(),
            "rows": grouped[code],
            "totals": totals(grouped[code]),
        }
        for code in in_english_order(grouped)
    ]


def in_english_order(codes: Iterable[str]) -> list[str]:
    """Order countries by their English names, the one order all languages share."""
    with override("en"):
        return sorted(codes, key=lambda c: (c == CHINA, str(COUNTRIES.get(c, c))))


def totals(rows: list[Row]) -> dict[str, int]:
    """Count the places and ties of a group."""
    ties = [tie for row in rows for tie in row.ties]
    counts = count(ties)
    return {
        "places": len(rows),
        "ties": counts.total,
        "standing": counts.standing,
        "presumed": counts.presumed,
        "confirmed": counts.confirmed,
        "ended": counts.over,
    }


def country_choices(rows: list[Row]) -> list[tuple[str, Any, int]]:
    """Return each country with its name and number of places."""
    grouped = by_country(rows)
    return [
        (code, COUNTRIES.get(code, code), len(grouped[code]))
        for code in in_english_order(grouped)
    ]


def status_choices(rows: list[Row]) -> list[tuple[str, Any, int]]:
    """Return each status in use with the number of places outside China it is in."""
    outside = [row for row in rows if not row.place.is_in_china]
    counted = [
        (code, word.word, sum(row.has(code) for row in outside))
        for word in STATUSES
        for code in [named(word.code, not word.is_presumed)]
    ]
    return [choice for choice in counted if choice[2]]
