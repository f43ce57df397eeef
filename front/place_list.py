"""The list of places: by country, searched in any script, filtered by status."""

from __future__ import annotations

import datetime
import difflib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.countries import COUNTRIES
from cities.definitions import STATUSES
from cities.models import Place
from cities.models.twinning import Status
from cities.search import SEPARATOR, fold
from detwin.page_cache import kept
from front.as_of import AsOf, on_a_day, today
from front.citing import cite_figures
from front.counts import count
from front.place_groups import (
    SORTS,
    country_choices,
    groups,
    in_order,
    status_choices,
)
from front.place_rows import Row, load_rows
from petitions.models import Petition

FILTERS = {*Status.values, "presumed", "confirmed"}
LONGEST_QUERY = 80
NEAREST = 5


@dataclass(frozen=True)
class Asked:
    """What the reader asks for; senseless values count as not asked."""

    query: str
    country: str
    status: str
    sort: str

    @classmethod
    def of(cls, arguments: QueryDict) -> Asked:
        """Read the arguments of the address."""
        country = arguments.get("country", "").upper()
        status, sort = arguments.get("status", ""), arguments.get("sort", "")
        return cls(
            query=printable(arguments.get("q", "")),
            country=country if country in COUNTRIES else "",
            status=status if status in FILTERS else "",
            sort=sort if sort in SORTS else "name",
        )

    def kept(self) -> dict[str, str]:
        """Return what a lasting address of the same list needs."""
        sort = self.sort if self.sort != "name" else ""
        return {
            "q": self.query,
            "country": self.country,
            "status": self.status,
            "sort": sort,
        }

    def keeps(self, row: Row) -> bool:
        """Tell whether a row is in the country and has a tie of the status.

        Without a search or a country, places in China stand with their twins only.
        """
        if self.status and not row.has(self.status):
            return False
        if self.country:
            return row.place.country == self.country
        return bool(self.query) or not row.place.is_in_china


@kept
@require_safe
@on_a_day
def place_list(request: HttpRequest, day: datetime.date | None = None) -> HttpResponse:
    """Show the places that were asked for; four queries, and more for no hit."""
    asked = Asked.of(request.GET)
    rows = load_rows(day)
    ties = [tie for row in rows if not row.place.is_in_china for tie in row.ties]
    found = called(asked.query, rows)
    shown = [row for row in found if asked.keeps(row)]
    context = {
        "groups": groups(in_order(shown, asked.sort)),
        "query": asked.query,
        "country": asked.country,
        "status": asked.status,
        "sort": asked.sort,
        "sorts": SORTS.items(),
        "legend": STATUSES,
        "counts": count(ties),
        "citation": cite_figures(count(ties), day or today()),
        "as_of": AsOf.of(day, request.path, ties, **asked.kept()),
        "today": today(),
        "countries": country_choices(rows),
        "statuses": status_choices(rows),
        "total": len(shown),
        "nearest": [] if found else nearest(asked.query),
        "world": None if shown else world_petition(),
    }
    return render(request, "cities/list.html", context)


def printable(text: str) -> str:
    """Return text as one line without control characters, cut to a sane length."""
    kept_letters = (letter for letter in " ".join(text.split()) if letter.isprintable())
    return "".join(kept_letters).strip()[:LONGEST_QUERY]


def called(query: str, rows: list[Row]) -> list[Row]:
    """Keep the rows that have a name containing the query; all without a query."""
    if not query:
        return rows
    keys = set(Place.objects.called(query).values_list("pk", flat=True))
    return [row for row in rows if row.place.pk in keys]


def nearest(query: str) -> list[Place]:
    """Return the places whose names, in any script, look most like the query."""
    owner: dict[str, int] = {}
    for pk, names in Place.objects.values_list("pk", "search_text"):
        owner |= dict.fromkeys(names.split(SEPARATOR), pk)
    matches = difflib.get_close_matches(fold(query), owner, n=NEAREST)
    keys = dict.fromkeys(owner[match] for match in matches)
    places = Place.objects.in_bulk(list(keys))
    return [places[key] for key in keys]


def world_petition() -> Petition | None:
    """Return the worldwide petition when it can be signed."""
    world = Petition.objects.running().filter(scope=Petition.Scope.WORLD)
    found: Petition | None = world.first()
    return found
