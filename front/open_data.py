"""Petitions as open data. Numbers only: who signed is nobody's to publish."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cities.open_data import published
from detwin.page_cache import kept
from petitions.models import Petition, Wording

# Fewer than this many people are not told apart in a number of their own.
SMALLEST_COUNT = 10
TITLES = ("title_en", "title_zh_hant", "title_zh_hans")


@kept
@require_safe
def petitions(request: HttpRequest) -> HttpResponse:
    """Publish every petition but drafts, in two queries."""
    found = Petition.objects.public().select_related("place").order_by("slug")
    titles = latest_titles()
    rows = [petition_row(petition, titles.get(petition.pk, {})) for petition in found]
    return published("petitions", rows)


def latest_titles() -> dict[int, dict[str, str]]:
    """Return the titles of each petition's present wording."""
    rows = Wording.objects.order_by("number").values("petition_id", *TITLES)
    return {row["petition_id"]: {key: row[key] or "" for key in TITLES} for row in rows}


def petition_row(petition: Petition, titles: dict[str, str]) -> dict[str, Any]:
    """Return one petition's row."""
    is_told = petition.council_valid >= SMALLEST_COUNT
    return {
        "slug": petition.slug,
        "scope": petition.scope,
        "place": petition.place.slug if petition.place else "",
        "country": petition.place.country if petition.place else petition.country,
        **titles,
        "state": petition.state,
        "opens_on": petition.opens_on.isoformat(),
        "closes_on": petition.closes_on.isoformat(),
        "supporters": petition.supporters,
        "council_valid": petition.council_valid if is_told else None,
        "paper": petition.paper,
        "in_person": petition.in_person,
        "url": f"{settings.SITE_URL}/en/petitions/{petition.slug}/",
    }
