"""The list of places in groups, and what it can be narrowed down to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from cities.countries import CHINA, COUNTRIES
from cities.models.twinning import OVER, Status
from front.place_rows import Row, by_country


def groups(rows: list[Row]) -> list[dict[str, Any]]:
    """Group rows by country in the order of English names, China last."""
    grouped = by_country(rows)
    return [
        {
            "code": code,
            "name": COUNTRIES.get(code, code),
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
    return {
        "places": len(rows),
        "ties": len(ties),
        "standing": sum(tie.status == Status.ACTIVE for tie in ties),
        "ended": sum(tie.status in OVER for tie in ties),
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
        (status.value, status.label, sum(row.has(status) for row in outside))
        for status in Status
    ]
    return [choice for choice in counted if choice[2]]
