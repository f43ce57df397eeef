"""The list of articles; one article's page is composed in `front`."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.models import Place
from detwin.page_cache import kept
from news.models import Article

PER_PAGE = 20


@kept
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List what is published, newest first; `?place=` keeps one place's articles."""
    published = Article.objects.published().select_related("place")
    place = asked_place(request.GET.get("place", ""))
    if place:
        published = published.filter(place=place)
    page = Paginator(published, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "news/list.html", {"articles": page, "place": place})


def asked_place(slug: str) -> Place | None:
    """Return the place of this slug; anything that is no slug asks for none."""
    is_slug = slug.isascii() and slug.isprintable()
    return Place.objects.filter(slug=slug).first() if slug and is_slug else None
