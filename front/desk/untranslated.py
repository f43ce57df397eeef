"""Which texts lack a language, room by room, with where each is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from campaign.models import Event, Group, JointAction
from cities.models import StatusEvent
from detwin.languages import CODES, NAMES, column, in_language
from detwin.simplified import translated_fields
from news.models import Article, Correction
from news.text_changes import missing_in, older_in, source_of
from petitions.models import Petition, Wording, WordingTemplate

MOST_ROWS = 20


@dataclass(frozen=True)
class Gap:
    """One language of an article that wants work."""

    code: str
    name: str
    source: str


@dataclass(frozen=True)
class ArticleLine:
    """An article with what it lacks and what is behind."""

    article: Article
    link: str
    missing: list[str]
    older: list[Gap]


def article_lines(articles: Iterable[Article]) -> list[ArticleLine]:
    """Say of each article what it lacks; asks nothing of the database."""
    return [
        ArticleLine(
            article,
            change_page(article),
            [NAMES[code] for code in missing_in(article)],
            [
                Gap(code, NAMES[code], NAMES[source_of(article, code)])
                for code in older_in(article)
            ],
        )
        for article in articles
    ]


def change_page(row: Model) -> str:
    """Return where the desk changes a row."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


@dataclass(frozen=True)
class Kind:
    """A model with texts in three languages, and the row where each is mended."""

    model: type[Model]
    related: tuple[str, ...] = ()
    mended_in: Callable[[Any], Model] = lambda row: row


KINDS = (
    Kind(Correction, ("article",), lambda note: note.article),
    Kind(Petition),
    Kind(Wording, ("petition",), lambda wording: wording.petition),
    Kind(WordingTemplate),
    Kind(Event),
    Kind(Group),
    Kind(JointAction),
    Kind(
        StatusEvent,
        ("twinning__place", "twinning__chinese_place"),
        lambda event: event.twinning,
    ),
)


@dataclass(frozen=True)
class Line:
    """A row with the languages that it lacks."""

    label: str
    link: str
    missing: str


@dataclass(frozen=True)
class Found:
    """The rows of one kind that lack a language: how many, and the first of them."""

    label: str
    number: int
    lines: list[Line]


def other_kinds(organiser: Any) -> list[Found]:
    """Return what else lacks a language, as far as this organiser may mend it."""
    found = []
    for kind in KINDS:
        meta = kind.model._meta
        mended = kind.related[0].split("__")[0] if kind.related else ""
        owner: Any = meta.get_field(mended).related_model if mended else kind.model
        right = f"{owner._meta.app_label}.change_{owner._meta.model_name}"
        if organiser.has_perm(right) and (number := lacking(kind.model).count()):
            found.append(Found(str(meta.verbose_name_plural), number, lines_of(kind)))
    return found


def lacking(model: type[Model]) -> QuerySet[Any]:
    """Return the rows that say something in one language and not in another."""
    lacks = Q()
    for field in translated_fields(model):
        empty = [is_empty(column(field, code)) for code in CODES]
        lacks |= (empty[0] | empty[1] | empty[2]) & ~(empty[0] & empty[1] & empty[2])
    return model._default_manager.filter(lacks).order_by("pk")


def is_empty(name: str) -> Q:
    """Match rows without a text in one column."""
    return Q(**{name: ""}) | Q(**{f"{name}__isnull": True})


def lines_of(kind: Kind) -> list[Line]:
    """Return the first rows of a kind that lack a language."""
    rows = lacking(kind.model).select_related(*kind.related)[:MOST_ROWS]
    fields = translated_fields(kind.model)
    return [
        Line(str(row), change_page(kind.mended_in(row)), missing_names(row, fields))
        for row in rows
    ]


def missing_names(row: Model, fields: list[str]) -> str:
    """Name the languages in which a row lacks what it says in another."""
    said = [f for f in fields if any(in_language(row, f, code) for code in CODES)]
    lacking = [c for c in CODES if not all(in_language(row, f, c) for f in said)]
    return ", ".join(NAMES[code] for code in lacking)
