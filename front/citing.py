"""“Cite this”: the same claim in three languages, each with the address of its day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cities.models import Place, StatusEvent, Twinning
from cities.models.twinning import Status
from detwin.languages import CODES, NAMES, OUTPUT_TAGS, best_of, current
from front.counts import Counts
from front.sentences import joined, sentences


@dataclass(frozen=True)
class Quote:
    """What to write in one language, and where it can be looked up."""

    tag: str
    language: str
    text: str
    url: str


def quotes(
    day: datetime.date, say: Callable[[], str], find: Callable[[], str]
) -> list[Quote]:
    """Return a claim in each language, the reader's first.

    `say` words it and `find` gives its path, both in the language then active.
    """
    found = []
    for code in sorted(CODES, key=lambda code: code != current()):
        with override(code):
            path, _hash, anchor = find().partition("#")
            url = f"{settings.SITE_URL}{path}?as-of={day.isoformat()}"
            url += f"#{anchor}" if anchor else ""
            found.append(Quote(OUTPUT_TAGS[code], NAMES[code], say(), url))
    return found


def cite_place(place: Place, day: datetime.date) -> list[Quote]:
    """Cite everything on record about a place."""

    def say() -> str:
        return _("%(site)s, record of %(place)s, as of %(day)s.") % {
            "site": settings.SITE_NAME,
            "place": best_of(place, "name")[0],
            "day": date_format(day, "DATE_FORMAT"),
        }

    return quotes(day, say, lambda: reverse("cities:place", args=[place.slug]))


def cite_tie(tie: Twinning, place: Place, day: datetime.date) -> list[Quote]:
    """Cite one tie as it stands on the page of a place."""

    def say() -> str:
        words = {
            "site": settings.SITE_NAME,
            "place": best_of(tie.place, "name")[0],
            "twin": best_of(tie.chinese_place, "name")[0],
            "kind": tie.get_kind_display(),
            "status": status_in_words(tie),
            "day": date_format(day, "DATE_FORMAT"),
        }
        said = _(
            "%(place)s and %(twin)s (%(kind)s): %(status)s. %(site)s, as of %(day)s."
        )
        return said % words

    def find() -> str:
        return f"{reverse('cities:place', args=[place.slug])}#{tie.anchor}"

    return quotes(day, say, find)


def status_in_words(tie: Twinning) -> str:
    """Say a tie's status and since when, or what may have happened and leaves it open.

    What is presumed or not known has no day of its own.
    """
    event = tie.latest_event
    if not tie.standing or not tie.standing.sometime:
        has_day = event and event.is_confirming and tie.status != Status.UNKNOWN
        return status_of_event(event) if event and has_day else tie.status_label
    event = tie.standing.sometime[-1]
    words = {"status": event.status_label, "date": event.happened}
    if event.happened:
        return _("not known (%(status)s sometime in %(date)s)") % words
    return _("not known (%(status)s, on a day that no source gives)") % words


def status_of_event(event: StatusEvent) -> str:
    """Say what an event made of a tie, with its date as exactly as it is known."""
    words = {"status": event.status_label, "date": event.happened}
    if not event.happened:
        return _("%(status)s (date not known)") % words
    if event.date_inferred:
        return _("%(status)s (%(date)s, date inferred)") % words
    return _("%(status)s (%(date)s)") % words


def cite_figures(counts: Counts, day: datetime.date, country: str = "") -> list[Quote]:
    """Cite how many ties stand and are over, in one country or in all."""

    def say() -> str:
        return joined(
            [
                *sentences(counts, day, country),
                _("Source: %(site)s.") % {"site": settings.SITE_NAME},
            ]
        )

    def find() -> str:
        if country:
            return reverse("cities:country", args=[country.lower()])
        return reverse("cities:list")

    return quotes(day, say, find)
