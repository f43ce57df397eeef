"""The slug of an article: from its English title, or numbered when it has none."""

from __future__ import annotations

from itertools import count

from django.utils import timezone
from django.utils.text import slugify

from detwin.languages import in_language
from news.models import Article

LONGEST = 80
# Beside the articles stands the page for news by mail.
RESERVED = {"updates"}


def slug_for(article: Article) -> str:
    """Return a free slug for a new article.

    A title in Chinese alone gives `update-2026-11-23-1`: Chinese is never spelt
    out in Latin letters.
    """
    base = slugify(in_language(article, "title", "en"))[:LONGEST].strip("-")
    if base and is_free(base):
        return base
    base = base or f"update-{(article.publish_at or timezone.now()).date()}"
    return next(slug for number in count(1) if is_free(slug := f"{base}-{number}"))


def is_free(slug: str) -> bool:
    """Tell whether no article has this slug."""
    return slug not in RESERVED and not Article.objects.filter(slug=slug).exists()
