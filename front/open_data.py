"""Addresses of the open data. Numbers only: who signed is nobody's to publish."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cities.data_columns import RECORD, VERSION
from cities.open_data import event_rows, place_rows, twinning_rows
from cities.publishing import (
    LICENCE,
    SOURCES,
    Rows,
    csv_answer,
    for_all,
    published,
    schema_answer,
)
from detwin.page_cache import kept
from front.deletions_page import deletions_file
from front.petition_columns import AREAS, DAILY, DELETIONS, HEADS, PETITIONS
from petitions.area_counts import told_areas
from petitions.chain import heads
from petitions.models import Petition, Wording
from petitions.public_tally import published_lines
from petitions.valid_counts import told_valid

CSV_ONLY = {
    "petitions/<slug>/daily": DAILY,
    "petitions/<slug>/areas": AREAS,
    "tally-heads": HEADS,
    "deletions": DELETIONS,
}
TITLES = ("title_en", "title_zh_hant", "title_zh_hans")
FILES = {**RECORD, "petitions": PETITIONS}


def petition_rows(day: datetime.date | None) -> list[dict[str, Any]]:
    """Return every petition but drafts as it is now; no day is known but today."""
    found = Petition.objects.public().select_related("place").order_by("slug")
    titles = latest_titles()
    return [petition_row(petition, titles.get(petition.pk, {})) for petition in found]


def latest_titles() -> dict[int, dict[str, str]]:
    """Return the titles of each petition's present wording."""
    rows = Wording.objects.order_by("number").values("petition_id", *TITLES)
    return {row["petition_id"]: {key: row[key] or "" for key in TITLES} for row in rows}


def petition_row(petition: Petition, titles: dict[str, str]) -> dict[str, Any]:
    """Return one petition's row."""
    return {
        "slug": petition.slug,
        "scope": petition.scope,
        "place": petition.place.slug if petition.place else "",
        "country": petition.place.country if petition.place else petition.country,
        **{key: titles.get(key, "") for key in TITLES},
        "state": petition.state,
        "opens_on": petition.opens_on.isoformat(),
        "closes_on": petition.closes_on.isoformat(),
        "supporters": petition.supporters,
        "council_valid": told_valid(petition),
        "paper": petition.paper,
        "in_person": petition.in_person,
        "url": f"{settings.SITE_URL}/en/petitions/{petition.slug}/",
    }


@kept
@require_safe
def daily(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a petition's daily figures, days merged; two queries."""
    petition = Petition.objects.public().filter(slug=slug).first()
    if petition is None:
        raise Http404
    rows = [asdict(line) for line in published_lines(petition)]
    return for_all(csv_answer(f"{slug}-daily", DAILY, rows, None))


@kept
@require_safe
def areas(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the areas of a petition that asks for one; two queries."""
    asking = Petition.objects.public().exclude(scope=Petition.Scope.CITY)
    petition = asking.filter(slug=slug).first()
    if petition is None:
        raise Http404
    rows = [
        {
            "place": row.place.slug,
            "country": row.place.country,
            "supporters": row.shown,
            "moved_on": row.moved_on,
        }
        for row in told_areas(petition)
    ]
    return for_all(csv_answer(f"{slug}-areas", AREAS, rows, None))


@kept
@require_safe
def tally_heads(request: HttpRequest) -> HttpResponse:
    """Publish the last check number of each petition; the SHA-256 of it is mailed."""
    return for_all(csv_answer("tally-heads", HEADS, heads(), None))


@kept
@require_safe
def readme(request: HttpRequest) -> HttpResponse:
    """Describe every column, in the one language that programmers share."""
    with override("en"):
        context = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "files": {**FILES, **CSV_ONLY},
            "licence": LICENCE,
            "sources": SOURCES,
            "version": VERSION,
        }
        text = render_to_string("front/data-readme.txt", context)
    return for_all(HttpResponse(text, content_type="text/markdown; charset=utf-8"))


@kept
@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """Publish the JSON Schema of a file."""
    if name not in FILES:
        raise Http404
    return schema_answer(name, FILES[name])


ROWS: dict[str, Callable[[datetime.date | None], Rows]] = {
    "places": place_rows,
    "twinnings": twinning_rows,
    "status-events": event_rows,
    "petitions": petition_rows,
}
urlpatterns: list[URLPattern] = [
    path(
        f"{name}.{form}",
        published(name, FILES[name], form, has_history=name in RECORD)(rows),
        name=f"{name}-{form}",
    )
    for name, rows in ROWS.items()
    for form in ("json", "csv")
]
urlpatterns += [
    path("petitions/<slug:slug>/daily.csv", daily, name="daily"),
    path("petitions/<slug:slug>/areas.csv", areas, name="areas"),
    path("deletions.csv", deletions_file, name="deletions"),
    path("tally-heads.csv", tally_heads, name="tally-heads"),
    path("schema/<slug:name>.json", schema, name="schema"),
    path("README.md", readme, name="data-readme"),
]
