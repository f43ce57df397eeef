"""Saving the articles of files: all or none, and never over an organiser's edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cities.models import Place
from news.article_files import BadArticle, Written
from news.models import Article


@dataclass
class Counts:
    """What a run did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


@transaction.atomic
def save_articles(articles: Iterable[Written], *, overwrite: bool = False) -> Counts:
    """Save all articles or, when one names an unknown place, none.

    An article of the database that differs from its files was edited by an
    organiser and stays as it is, unless `overwrite` is set.
    """
    counts = Counts()
    for written in articles:
        save_article(written, counts, overwrite)
    return counts


def save_article(written: Written, counts: Counts, overwrite: bool) -> None:
    """Add, renew, keep or leave one article, and count which."""
    values = {**written.values, "place": place_of(written)}
    article = Article.objects.filter(slug=written.slug).first()
    if article is None:
        Article.objects.create(slug=written.slug, **values)
        counts.added += 1
    elif all(
        (getattr(article, name) or None) == (value or None)
        for name, value in values.items()
    ):
        counts.unchanged += 1
    elif overwrite:
        renew(article, values)
        counts.changed += 1
    else:
        counts.kept += 1


def is_same(article: Article, values: dict[str, Any]) -> bool:
    """Tell whether an article already says what its files say."""
    present = {name: getattr(article, name) or None for name in values}
    return present == {name: value or None for name, value in values.items()}


def renew(article: Article, values: dict[str, Any]) -> None:
    """Give an article the texts of its files again."""
    for name, value in values.items():
        setattr(article, name, value)
    article.save()


def place_of(written: Written) -> Place | None:
    """Return the place an article is about."""
    if not written.place:
        return None
    place: Place | None = Place.objects.filter(slug=written.place).first()
    if place is None:
        raise BadArticle(
            f"{written.folder / 'meta.toml'}: there is no place {written.place}"
        )
    return place
