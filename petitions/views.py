"""The pages that are read: the list, a petition, and what everybody sees on signing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cities.countries import COUNTRIES
from cities.search import fold
from detwin import languages
from detwin.answers import no_store
from detwin.page_cache import kept
from petitions.link_forms import CodeForm, LinkForm
from petitions.models import Petition
from petitions.page import SHOWN_FROM, public_petition
from petitions.page_text import whole_page
from petitions.sharing import share_context
from petitions.without import without_petition


@require_safe
@kept
def petition_list(request: HttpRequest) -> HttpResponse:
    """List the petitions by place, with search in any script and by country."""
    country = request.GET.get("country", "")
    query = request.GET.get("q", "").replace("\0", "").strip()
    rows = Petition.objects.public().with_addressee()
    wide = [row for row in rows if not row.has_council]
    cities = [row for row in rows if row.has_council]
    context = {
        "rows": [  # of one country after the other
            list_row(row)
            for row in sorted(cities, key=english_names)
            if is_wanted(row, country, query)
        ],
        "world": next((list_row(row) for row in wide if row.slug == "world"), None),
        "country_rows": [list_row(row) for row in wide if row.country],
        "query": query,
        "country": country,
        "countries": country_choices(cities),
    }
    return render(request, "petitions/list.html", context)


def english_names(petition: Petition) -> tuple[str, str]:
    """Return the country and the name that order cities in every language."""
    place = petition.place
    with override("en"):
        country = str(COUNTRIES.get(place.country, "")) if place else ""
    return country, languages.in_language(place, "name", "en")


def is_wanted(petition: Petition, country: str, query: str) -> bool:
    """Tell whether a city's petition is in the chosen country and matches the words."""
    place = petition.place
    if place is None or (country in COUNTRIES and place.country != country):
        return False
    return not query or fold(query) in place.search_text


def list_row(petition: Petition) -> dict[str, Any]:
    """Return what the list shows of one petition."""
    place = petition.place
    name, code = (
        languages.best_of(place, "name")
        if place
        else languages.best_of(petition, "addressee")
    )
    return {
        "slug": petition.slug,
        "name": name,
        "name_tag": languages.OUTPUT_TAGS[code],
        "country": place.country if place else petition.country,
        "supporters": petition.supporters
        if petition.supporters >= SHOWN_FROM
        else None,
        "state": petition.state,
        "state_label": petition.get_state_display(),
    }


def country_choices(petitions: list[Petition]) -> list[tuple[str, str, int]]:
    """Return code, name and number of petitions for each country that has any."""
    found: dict[str, int] = {}
    for petition in petitions:
        code = petition.place.country if petition.place else ""
        found[code] = found.get(code, 0) + 1
    choices = [(code, str(COUNTRIES[code]), number) for code, number in found.items()]
    return sorted(choices, key=lambda choice: choice[0])


@require_safe
@kept
def petition_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a petition in whatever state it is; a closed one never disappears."""
    try:
        petition = public_petition(slug)
    except Http404:
        return without_petition(request, slug)
    return HttpResponse(whole_page(request, petition))


@require_safe
@never_cache
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody the same: check your e-mail, and pass it on."""
    petition = public_petition(slug)
    context = {
        **share_context(petition, petition.wording),
        "code_form": CodeForm(petition=petition),
        "link_form": LinkForm(petition=petition),
    }
    response = render(request, "petitions/thanks.html", context)
    return no_store(response)
