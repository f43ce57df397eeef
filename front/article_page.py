"""The page of one article, with the petition it points at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from detwin.languages import CODES, NAMES, OUTPUT_TAGS, best_of, current, in_language
from detwin.page_cache import kept
from front.petition_cards import PetitionCard
from news.figures import placed_pictures
from news.models import Article, Correction
from petitions.models import Petition


@kept
@require_safe
def article_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published article; a draft or a later one is not found."""
    articles = Article.objects.published().select_related(*Article.SHOWN_WITH)
    article = get_object_or_404(articles, slug=slug)
    return render(request, "news/article.html", context_of(article))


def context_of(article: Article) -> dict[str, Any]:
    """Return what the page of an article shows, whether it is out or not."""
    body, code = best_of(article, "body")
    notes = list(article.corrections.all())
    return {
        "article": article,
        "pictures": placed_pictures(article),
        "body": body,
        "body_code": code,
        "body_tag": OUTPUT_TAGS[code],
        "other_languages": other_languages(article, code),
        "petition": petition_of(article),
        "corrections": [note for note in notes if not note.is_update],
        "updates": [note for note in notes if note.is_update],
        "described": described(article, OUTPUT_TAGS[code], notes),
    }


def described(article: Article, tag: str, notes: list[Correction]) -> dict[str, Any]:
    """Describe an article as schema.org's NewsArticle; a note on it modifies it."""
    days = [note.day.isoformat() for note in notes]
    published = article.publish_at.isoformat() if article.publish_at else ""
    picture = reverse("root:article-picture", args=[current(), article.slug])
    address = f"{settings.SITE_URL}{article.get_absolute_url()}"
    return {
        "@type": "NewsArticle",
        "headline": best_of(article, "title")[0],
        "description": best_of(article, "summary")[0],
        "datePublished": published,
        "dateModified": max([published, *days]),
        "inLanguage": tag,
        "image": settings.SITE_URL + picture,
        "mainEntityOfPage": address,
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
    }


def other_languages(article: Article, shown: str) -> list[dict[str, Any]]:
    """Return the article in each other language that has a text of its own."""
    own = "" if shown == current() else current()
    return [
        {
            "code": code,
            "tag": OUTPUT_TAGS[code],
            "name": NAMES[code],
            "title": in_language(article, "title", code),
            "summary": in_language(article, "summary", code),
            "body": in_language(article, "body", code),
        }
        for code in CODES
        if code not in (shown, own) and in_language(article, "body", code)
    ]


def petition_of(article: Article) -> PetitionCard | None:
    """Return the petition that the article points at, unless it is a draft."""
    if not article.petition_slug:
        return None
    petitions = Petition.objects.public().filter(slug=article.petition_slug)
    petition = petitions.first()
    return PetitionCard.of(petition) if petition else None
