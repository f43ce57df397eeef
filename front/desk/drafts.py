"""The draft of an article about a decision, for an organiser to finish."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from cities.models import Place, StatusEvent
from cities.models.twinning import Status
from detwin.languages import CODES, best_of, column, in_language
from news.models import Article
from news.slugs import slug_for
from petitions.models import Petition

LONGEST_TITLE, LONGEST_SUMMARY = 200, 400


def draft_article(place: Place, events: list[StatusEvent]) -> Article:
    """Store an unpublished article in three languages, made from the events."""
    article = Article(place=place, petition_slug=petition_slug(place))
    article.status_event = events[0]
    for code in CODES:
        with override(code):
            write(article, place, events, code)
    article.slug = slug_for(article)
    article.save()
    return article


def petition_slug(place: Place) -> str:
    """Return the slug of the place's newest petition; empty when it has none."""
    petitions = Petition.objects.public().filter(place=place).order_by("-opens_on")
    newest = petitions.first()
    return newest.slug if newest else ""


def write(article: Article, place: Place, events: list[StatusEvent], code: str) -> None:
    """Fill in one language, which is active; a missing summary stays missing."""
    event = events[0]
    title = headline(event.status) % {
        "council": council_name(place, code),
        "twins": pgettext("between names in a list", ", ").join(
            best_of(row.twinning.chinese_place, "name", code)[0] for row in events
        ),
    }
    summary = in_language(event, "summary", code)
    setattr(article, column("title", code), title[:LONGEST_TITLE])
    setattr(article, column("summary", code), summary[:LONGEST_SUMMARY])
    setattr(article, column("body", code), body(event, summary))


def council_name(place: Place, code: str) -> str:
    """Name the council in a language; the place where no council is on record."""
    council = getattr(place, "council", None)
    return best_of(council or place, "name", code)[0]


def headline(status: str) -> str:
    """Return the sentence for a status, with {council} and {twins} to fill in."""
    return {
        Status.ACTIVE: _("%(council)s: the agreement with %(twins)s stands"),
        Status.UNDER_REVIEW: _("%(council)s reviews its agreement with %(twins)s"),
        Status.SUSPENDED: _("%(council)s suspends its agreement with %(twins)s"),
        Status.ENDED: _("%(council)s ends its agreement with %(twins)s"),
        Status.LAPSED: _("The agreement of %(council)s with %(twins)s has lapsed"),
        Status.UNKNOWN: _("%(council)s: what is known of the agreement with %(twins)s"),
    }[Status(status)]


def body(event: StatusEvent, summary: str) -> str:
    """Return the text with the source at its end, in Markdown."""
    title = event.source_title.replace("[", "(").replace("]", ")")
    values = {"title": title, "address": event.source_url}
    source = _("Source: [%(title)s](%(address)s)") % values
    day = str(event.happened) if event.happened else _("Date not known")
    return "\n\n".join(part for part in (summary, f"{source}, {day}") if part)
