"""Fact sheets: one place or one country on A4, each line with its source."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cities.countries import CHINA, COUNTRIES
from cities.models import Place, Twinning
from cities.models.twinning import Status
from detwin.page_cache import kept
from front.as_of import AsOf, on_a_day, today
from front.citing import cite_figures, cite_place
from front.counts import count
from front.place_page import council_of, petitions_for, ties_of
from front.place_rows import load_rows
from front.sentences import sentences


@kept
@require_safe
@on_a_day
def place_facts(
    request: HttpRequest, slug: str, day: datetime.date | None = None
) -> HttpResponse:
    """Print what is known of one place, today or as of an earlier day."""
    place: Place = get_object_or_404(
        Place.objects.select_related("council__rules"), slug=slug
    )
    ties, shown_day = ties_of(place, day), day or today()
    context = {
        "place": place,
        "ties": ties,
        "day": shown_day,
        "as_of": AsOf.of(day, request.path, ties),
        "cite": cite_place(place, shown_day)[0],
        "page_url": f"{settings.SITE_URL}{place.get_absolute_url()}",
        **council_of(place),
        **(petitions_for(place) if day is None else {}),
    }
    return render(request, "front/press/place_facts.html", context)


@kept
@require_safe
@on_a_day
def country_facts(
    request: HttpRequest, code: str, day: datetime.date | None = None
) -> HttpResponse:
    """Print what is known of one country, today or as of an earlier day."""
    country = code.upper()
    if code != code.lower() or country not in COUNTRIES or country == CHINA:
        raise Http404
    rows = [row for row in load_rows(day, history=True) if row.place.country == country]
    if not rows:
        raise Http404
    ties = [tie for row in rows for tie in row.ties]
    counts, shown_day = count(ties), day or today()
    context = {
        "code": country,
        "rows": rows,
        "counts": counts,
        "sentences": sentences(counts, shown_day, country),
        "sourced": sourced(ties),
        "day": shown_day,
        "as_of": AsOf.of(day, request.path, ties),
        "cite": cite_figures(counts, shown_day, country)[0],
    }
    return render(request, "front/press/country_facts.html", context)


def sourced(ties: list[Twinning]) -> list[Twinning]:
    """Return the ties of which somebody decided or reported something."""
    known = [tie for tie in ties if tie.status != Status.UNKNOWN and tie.latest_event]
    return [tie for tie in known if not tie.is_presumed]
