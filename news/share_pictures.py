"""What the pictures of articles say, for those who show a preview of their links."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override
from django.views.decorators.http import require_safe

from detwin.cards import Card, serve
from detwin.drawing import draw_missing
from detwin.languages import CODES, best_of
from news.models import Article


def card(article: Article, code: str) -> Card:
    """Return an article's card: the day it appeared, and its title."""
    with override(code):
        day = date_format(localtime(article.publish_at), "DATE_FORMAT")
    return Card(f"news/{article.slug}", code, day, best_of(article, "title", code)[0])


def cards() -> Iterator[Card]:
    """Yield the cards of all published articles, the newest first."""
    for article in Article.objects.published().defer("summary", "body"):
        yield from (card(article, code) for code in CODES)


def draw_pictures() -> int:
    """Draw some pictures of articles that are missing; return how many."""
    return draw_missing(cards())


@require_safe
def article_picture(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """Serve a published article's picture, or the site's until it is drawn."""
    if code not in CODES:
        raise Http404
    article = get_object_or_404(Article.objects.published(), slug=slug)
    return serve(request, card(article, code))
