"""The slug of a text: from its English title, or numbered when it has none."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from django.utils import timezone
from django.utils.text import slugify

from detwin.languages import in_language
from news.models import Article, Release

LONGEST = 80
# Beside the articles stands the page for news by mail.
RESERVED = {"updates"}


def slug_for(text: Article | Release) -> str:
    """Return a free slug for a new article or press release.

    A title in Chinese alone gives `update-2026-11-23-1`: Chinese is never spelt
    out in Latin letters.
    """
    base = slugify(in_language(text, "title", "en"))[:LONGEST].strip("-")
    if base and is_free(base, type(text)):
        return base
    base = base or f"update-{(hour_of(text) or timezone.now()).date()}"
    numbered = (f"{base}-{number}" for number in count(1))
    return next(slug for slug in numbered if is_free(slug, type(text)))


def hour_of(text: Article | Release) -> datetime | None:
    """Return when a text becomes public."""
    return text.publish_at if isinstance(text, Article) else text.embargo_until


def is_free(slug: str, model: type[Article | Release]) -> bool:
    """Tell whether no text of this kind has this slug."""
    taken = model._default_manager.filter(slug=slug)
    return slug not in RESERVED and not taken.exists()
