"""The list of articles; one article's page is composed in `front`."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.countries import COUNTRIES
from cities.models import Place
from detwin.page_cache import kept
from news.archive import countries, months
from news.models import Article, ArticleQuerySet

PER_PAGE = 20


@kept
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List what is published, newest first.

    `?place=` keeps one place's articles, `?country=` those of a country's places.
    """
    published = Article.objects.published().select_related("place")
    place = asked_place(request.GET.get("place", ""))
    country = "" if place else asked_country(request.GET.get("country", ""))
    if place:
        published = published.filter(place=place)
    elif country:
        published = published.filter(place__country=country)
    return listed(request, published, place=place, country=country)


@kept
@require_safe
def month_list(request: HttpRequest, month: datetime.date) -> HttpResponse:
    """List what appeared in one month of UTC; an empty one is not found."""
    articles = (
        Article.objects.published()
        .filter(publish_at__year=month.year, publish_at__month=month.month)
        .select_related("place")
    )
    return listed(request, articles, month=month)


def listed(
    request: HttpRequest, articles: ArticleQuerySet, **asked: Any
) -> HttpResponse:
    """Show a page of some articles, with the ways to all others."""
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    if asked.get("month") and not page.object_list:
        raise Http404
    context = {
        "articles": page,
        "months": months(),
        "countries": countries(),
        "query": kept_query(**asked),
        **asked,
    }
    return render(request, "news/list.html", context)


def kept_query(place: Place | None = None, country: str = "", **_more: Any) -> str:
    """Return what the links to other pages of a list must carry along."""
    if place:
        return f"&place={place.slug}"
    return f"&country={country}" if country else ""


def asked_place(slug: str) -> Place | None:
    """Return the place of this slug; anything that is no slug asks for none."""
    is_slug = slug.isascii() and slug.isprintable()
    return Place.objects.filter(slug=slug).first() if slug and is_slug else None


def asked_country(code: str) -> str:
    """Return the country's code in capitals; anything else asks for none."""
    return code.upper() if code.upper() in COUNTRIES else ""
