"""The press room: whom to ask, figures with their day, and what may be printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from cities.countries import CHINA
from detwin.languages import current
from detwin.page_cache import kept
from front.as_of import today
from front.citing import cite_figures
from front.counts import Counts
from front.figures import all_ties, by_country, figures
from front.sentences import sentences
from news.models import (
    Coverage,
    PressAsset,
    PressContact,
    Quote,
    Release,
    Spokesperson,
)

NEWEST = 20


@kept
@require_safe
def press_room(request: HttpRequest) -> HttpResponse:
    """Show all that a journalist on deadline needs, on one page; nine queries."""
    ties = all_ties()
    counts = Counts.of(tie[:2] for tie in ties)
    context = {
        "contacts": PressContact.objects.shown(),
        "figures": figures(ties),
        "counts": counts,
        "sentences": sentences(counts, today()),
        "citation": cite_figures(counts, today()),
        "countries": [row for row in by_country(ties) if row["code"] != CHINA],
        "releases": Release.objects.public()[:NEWEST],
        "boilerplate": boilerplate(),
        "pictures": PressAsset.objects.shown(),
        "coverage": Coverage.objects.all()[:NEWEST],
        **voices(),
    }
    return render(request, "front/press.html", context)


def boilerplate() -> dict[str, str]:
    """Return the two descriptions of the campaign in the reader's language."""
    return {
        length: render_to_string(f"front/press/{length}.{current()}.txt").strip()
        for length in ("short", "long")
    }


def voices() -> dict[str, Any]:
    """Return who may be named, and the words that may be printed."""
    return {
        "speakers": Spokesperson.objects.approved(),
        "quotes": Quote.objects.approved()[:NEWEST],
    }
