"""The page of one country: figures, sentences for the press, endings, its places."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.countries import CHINA, COUNTRIES
from cities.map.ties import looks_of
from cities.models import Twinning
from cities.models.twinning import ASKABLE
from detwin.page_cache import kept
from front.as_of import AsOf, on_a_day, today
from front.citing import cite_figures
from front.counts import count
from front.endings import endings_chart
from front.place_rows import load_rows
from front.sentences import joined, petitions_open, sentences


@kept
@require_safe
@on_a_day
def country_page(
    request: HttpRequest, code: str, day: datetime.date | None = None
) -> HttpResponse:
    """Show a country's ties, today or as of an earlier day; four queries."""
    country = code.upper()
    if code != code.lower() or country not in COUNTRIES or country == CHINA:
        raise Http404
    rows = [row for row in load_rows(day, history=True) if row.place.country == country]
    if not rows:
        raise Http404
    ties = [tie for row in rows for tie in row.ties]
    counts, shown_day = count(ties), day or today()
    asked = [row for row in rows if any(tie.status in ASKABLE for tie in row.ties)]
    with_petition = sum(bool(row.petition_slug) for row in asked)
    share = "" if day else petitions_open(len(asked), with_petition)
    lead, *more = sentences(counts, shown_day, country)
    context = {
        "code": country,
        "name": COUNTRIES[country],
        "rows": rows,
        "counts": counts,
        "lead": lead,
        "more": joined([*more, share]),
        "endings_by_year": endings_by_year(ties),
        "endings": None if day else endings_chart(country),
        "citation": cite_figures(counts, shown_day, country),
        "as_of": AsOf.of(day, request.path, ties),
        "drawn": looks_of(ties),
        "day": shown_day,
        "today": today(),
    }
    return render(request, "cities/country.html", context)


def endings_by_year(ties: list[Twinning]) -> list[dict[str, Any]]:
    """Return the ties that are over by the year they ended; undated ones last."""
    years: dict[int | None, list[Twinning]] = defaultdict(list)
    for tie in ties:
        if tie.is_over:
            event = tie.latest_event
            happened = event.happened if event else None
            years[happened.year if happened else None].append(tie)
    known = sorted(year for year in years if year is not None)
    order = [*known, None] if None in years else known
    return [{"year": year, "ties": years[year]} for year in order]
