"""When the words of an article changed in each language, and which are behind.

A language is older than its source when the source's words changed in a later save.
Simplified follows Traditional where there is any; every other language follows the
one that the article is written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone

from detwin.languages import CODES, column, in_language

if TYPE_CHECKING:
    from news.models.article import Article

FIELDS = ("title", "summary", "body")
NEEDED = ("title", "body")
TRADITIONAL, SIMPLIFIED = "zh-hant", "zh-hans"


def first_written(article: Article) -> str:
    """Return the language that an article is taken to be written in."""
    written = (code for code in CODES if has_words(article, code))
    return next(written, "")


def has_words(article: Article, code: str) -> bool:
    """Tell whether anything is written in a language."""
    return any(in_language(article, field, code) for field in FIELDS)


def note_changes(article: Article) -> None:
    """Set the moment for each language whose words differ from the stored ones."""
    columns = [column(field, code) for field in FIELDS for code in CODES]
    stored = type(article).objects.filter(pk=article.pk).values(*columns).first() or {}
    now = timezone.now()
    for code in CODES:
        own = [column(field, code) for field in FIELDS]
        if any((getattr(article, c) or "") != (stored.get(c) or "") for c in own):
            setattr(article, column("changed", code), now)


def source_of(article: Article, code: str) -> str:
    """Return the language that the words in one follow; none for where it began."""
    if code == article.written_in:
        return ""
    if code == SIMPLIFIED and has_words(article, TRADITIONAL):
        return TRADITIONAL
    return article.written_in


def missing_in(article: Article) -> list[str]:
    """Name the languages that lack a title or a body."""
    return [
        code
        for code in CODES
        if not all(in_language(article, field, code) for field in NEEDED)
    ]


def older_in(article: Article) -> list[str]:
    """Name the whole languages that are older than what they follow."""
    lacking = missing_in(article)
    return [code for code in CODES if code not in lacking and is_older(article, code)]


def is_older(article: Article, code: str) -> bool:
    """Tell whether the words in a language are older than their source's."""
    own = getattr(article, column("changed", code))
    source = source_of(article, code)
    theirs = getattr(article, column("changed", source)) if source else None
    return bool(own and theirs and own < theirs)


def texts_missing() -> Q:
    """Match articles of which a language lacks a title or a body."""
    lacks = Q()
    for code in CODES:
        for name in (column(field, code) for field in NEEDED):
            lacks |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
    return lacks


def older_texts() -> Q:
    """Match articles of which a language is older than what it follows."""
    is_copy = ~Q(written_in=SIMPLIFIED)
    found = is_copy & Q(changed_zh_hans__lt=F("changed_zh_hant"))
    for source in CODES:
        for code in CODES:
            if code not in (source, SIMPLIFIED):
                own, theirs = column("changed", code), column("changed", source)
                found |= Q(**{"written_in": source, f"{own}__lt": F(theirs)})
    return found
