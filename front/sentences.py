"""Sentences for the press, computed from the record: each is whole and stands alone."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from detwin.languages import current
from front.counts import Counts

# “agreements between places … and places in China”
WHERE = {
    "AU": pgettext_lazy("after “places”", "in Australia"),
    "CA": pgettext_lazy("after “places”", "in Canada"),
    "CZ": pgettext_lazy("after “places”", "in Czechia"),
    "DE": pgettext_lazy("after “places”", "in Germany"),
    "DK": pgettext_lazy("after “places”", "in Denmark"),
    "GB": pgettext_lazy("after “places”", "in the United Kingdom"),
    "JP": pgettext_lazy("after “places”", "in Japan"),
    "NL": pgettext_lazy("after “places”", "in the Netherlands"),
    "NZ": pgettext_lazy("after “places”", "in New Zealand"),
    "SE": pgettext_lazy("after “places”", "in Sweden"),
    "US": pgettext_lazy("after “places”", "in the United States"),
}
ANYWHERE = pgettext_lazy("after “places”", "outside China")


def sentences(counts: Counts, day: datetime.date, country: str = "") -> list[str]:
    """Say how many ties of a country, or of all, stand and are over on a day."""
    said = [
        how_many(counts, day, country),
        confirmed(counts.confirmed),
        ended(counts),
        lapsed(counts.lapsed),
        on_hold(counts.on_hold),
        not_known(counts.unknown),
    ]
    return [sentence for sentence in said if sentence]


def joined(said: list[str]) -> str:
    """Join whole sentences; Chinese puts no space between them."""
    gap = "" if current().startswith("zh") else " "
    return gap.join(sentence for sentence in said if sentence)


def how_many(counts: Counts, day: datetime.date, country: str) -> str:
    """Say how many ties are known, and how many of them are presumed to stand."""
    words: dict[str, Any] = {
        "day": date_format(day, "DATE_FORMAT"),
        "where": WHERE.get(country, ANYWHERE),
        "total": shown(counts.total),
        "count": shown(counts.presumed),
    }
    if not counts.total:
        said = _(
            "As of %(day)s, no agreement of a place %(where)s with China is known."
        )
    elif counts.presumed and counts.total == 1:
        said = _(
            "As of %(day)s, the one known agreement between a place %(where)s and a "
            "place in China is presumed to stand."
        )
    elif counts.presumed:
        said = ngettext(
            "As of %(day)s, %(count)s of %(total)s known agreements between places "
            "%(where)s and places in China is presumed to stand.",
            "As of %(day)s, %(count)s of %(total)s known agreements between places "
            "%(where)s and places in China are presumed to stand.",
            counts.presumed,
        )
    else:
        said = ngettext(
            "As of %(day)s, %(total)s agreement between a place %(where)s and a place "
            "in China is known.",
            "As of %(day)s, %(total)s agreements between places %(where)s and places "
            "in China are known; none is presumed to stand.",
            counts.total,
        )
    return said % words


def confirmed(number: int) -> str:
    """Say how many ties stand by more than a list."""
    if not number:
        return ""
    said = ngettext(
        "%(count)s agreement is confirmed as standing.",
        "%(count)s agreements are confirmed as standing.",
        number,
    )
    return said % {"count": shown(number)}


def ended(counts: Counts) -> str:
    """Say how many ties have ended, also if none has."""
    if not counts.total:
        return ""
    if not counts.ended:
        return _("None is known to have ended.")
    said = ngettext(
        "%(count)s agreement has ended.",
        "%(count)s agreements have ended.",
        counts.ended,
    )
    return said % {"count": shown(counts.ended)}


def lapsed(number: int) -> str:
    """Say how many ties ran out."""
    if not number:
        return ""
    said = ngettext(
        "%(count)s agreement has lapsed.", "%(count)s agreements have lapsed.", number
    )
    return said % {"count": shown(number)}


def on_hold(number: int) -> str:
    """Say how many ties are under review or suspended."""
    if not number:
        return ""
    said = ngettext(
        "%(count)s agreement is under review or suspended.",
        "%(count)s agreements are under review or suspended.",
        number,
    )
    return said % {"count": shown(number)}


def not_known(number: int) -> str:
    """Say of how many ties nothing certain is known."""
    if not number:
        return ""
    said = ngettext(
        "The status of %(count)s agreement is not known.",
        "The status of %(count)s agreements is not known.",
        number,
    )
    return said % {"count": shown(number)}


def petitions_open(places: int, with_petition: int) -> str:
    """Say in how many places that can still be asked a petition is open."""
    if not places:
        return ""
    said = ngettext(
        "A petition is open in %(count)s of %(places)s place whose council can still "
        "be asked.",
        "A petition is open in %(count)s of %(places)s places whose councils can still "
        "be asked.",
        places,
    )
    return said % {"count": shown(with_petition), "places": shown(places)}


def shown(number: int) -> str:
    """Write a number with its thousands parted."""
    return number_format(number, force_grouping=True)
