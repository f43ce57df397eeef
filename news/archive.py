"""Where else to look: the months and the countries that have articles."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from cities.countries import COUNTRIES
from news.models import Article


@dataclass(frozen=True)
class Month:
    """One month with how many articles appeared in it."""

    first: datetime.date
    count: int


def months() -> list[Month]:
    """Return the months with published articles, the newest first; one query."""
    found = (
        Article.objects.published()
        .annotate(month=TruncMonth("publish_at"))
        .order_by("-month")
        .values_list("month")
        .annotate(count=Count("pk"))
    )
    return [Month(month.date(), count) for month, count in found]


def countries() -> list[dict[str, Any]]:
    """Return the countries that articles are about, by name; one query."""
    found = (
        Article.objects.published()
        .filter(place__isnull=False)
        .order_by("place__country")
        .values_list("place__country")
        .annotate(count=Count("pk"))
    )
    rows = [
        {"code": code, "name": COUNTRIES.get(code, code), "count": count}
        for code, count in found
    ]
    return sorted(rows, key=lambda row: str(row["name"]))
