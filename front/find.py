"""Names while somebody types: a handful of places for the search box, as data."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cities.countries import CHINA
from cities.models import Place, Twinning
from cities.search import SEPARATOR, fold
from detwin import languages
from front.place_list import nearest, printable
from front.place_rows import Row
from safety.throttling import Limit, is_over

SHOWN = 8
# One Chinese character says as much as a word; one Latin letter says nothing.
FEWEST_LATIN = 2
BROWSER_SECONDS = 600
# A network may be a stall or a phone company's gateway; a name takes some ten keys.
TYPING = Limit("find", 1_200, 600)


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """Answer with at most eight places and a sentence to be read aloud.

    Only the reader's browser keeps the answer: what people type has no end, and
    must not push finished pages out of our own cache.
    """
    if is_over(request, TYPING):
        return answer([], "", status=429)
    query = printable(request.GET.get("q", ""))
    if is_too_short(query):
        return answer([], "")
    places, total = places_called(query)
    if places:
        return answer(rows_of(places), said_of(total))
    near = rows_of(nearest(query))
    said = _("No place of that name. Nearest names:") if near else _("No such place.")
    return answer([*near, missing_row(query)], said)


def answer(rows: list[dict[str, str]], said: str, status: int = 200) -> JsonResponse:
    """Wrap rows and sentence; a browser may keep them unless they are a refusal."""
    keeping = f"public, max-age={BROWSER_SECONDS}" if status == 200 else "no-store"
    headers = {"Cache-Control": keeping, "X-Robots-Tag": "noindex"}
    return JsonResponse({"said": said, "places": rows}, status=status, headers=headers)


def is_too_short(query: str) -> bool:
    """Tell whether a query could mean almost any place."""
    folded = fold(query)
    return len(folded) < (FEWEST_LATIN if folded.isascii() else 1)


def places_called(query: str) -> tuple[list[Place], int]:
    """Return the best places for a query and how many there are in all.

    A place of exactly that name comes first, then names that begin with it, then
    places that can be asked.
    """
    folded = fold(query)
    found = Place.objects.called(query).in_name_order()
    keys = found.values_list("pk", "country", "search_text")
    ranked = sorted(
        (
            not is_name(folded, names),
            not begins(folded, names),
            country == CHINA,
            order,
            pk,
        )
        for order, (pk, country, names) in enumerate(keys)
    )
    best = [pk for *_rank, pk in ranked[:SHOWN]]
    places = Place.objects.in_bulk(best)
    return [places[pk] for pk in best], len(ranked)


def is_name(folded: str, names: str) -> bool:
    """Tell whether any of the folded names is exactly a folded query."""
    return folded in names.split(SEPARATOR)


def begins(folded: str, names: str) -> bool:
    """Tell whether any of the folded names begins with a folded query."""
    return any(name.startswith(folded) for name in names.split(SEPARATOR))


def rows_of(places: list[Place]) -> list[dict[str, str]]:
    """Return what the box shows of each place, with two queries for their ties."""
    rows = {place.pk: Row(place) for place in places}
    for tie in Twinning.objects.filter(Q(place__in=rows) | Q(chinese_place__in=rows)):
        for pk in (tie.place_id, tie.chinese_place_id):
            if pk in rows:
                rows[pk].ties.append(tie)
    return [shown(row) for row in rows.values()]


def shown(row: Row) -> dict[str, Any]:
    """Return a place's name, country, status in words and address."""
    return {
        "name": languages.best_of(row.place, "name")[0],
        "country": row.place.get_country_display(),
        "status": _("presumed to stand") if row.is_presumed else row.status_label,
        "url": row.place.get_absolute_url(),
    }


def said_of(total: int) -> str:
    """Say how many places were found."""
    sentence = ngettext("%(total)d place found.", "%(total)d places found.", total)
    return sentence % {"total": total}


def missing_row(query: str) -> dict[str, str]:
    """Return the way to tell us about a place that is not on record."""
    address = reverse("cities:missing", query={"q": query})
    return {
        "name": _("Our city is missing"),
        "country": "",
        "status": "",
        "url": address,
    }
