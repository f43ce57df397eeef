"""What is printed: the poster and the sheet that people sign by hand."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from detwin import languages
from detwin.page_cache import kept
from petitions.models import PaperSheet, Petition
from petitions.page import public_petition
from petitions.short_links import short_address
from petitions.terms import rules_of, terms_of

# Lines to sign, few enough for one page with the longest title.
LINES = 8


@kept
@require_safe
def poster(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Show the poster; what cannot be signed is not printed."""
    petition = public_petition(slug)
    if not petition.is_running:
        return redirect("petitions:petition", slug=slug)
    return render(request, "petitions/poster.html", print_context(petition, code))


@kept
@require_safe
def sheet(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Show the sheet with lines to sign, where a council takes it."""
    petition = public_petition(slug)
    if not petition.is_running or not takes_paper(petition):
        return redirect("petitions:petition", slug=slug)
    context = print_context(petition, code) | sheet_context(petition)
    return render(request, "petitions/sheet.html", context)


def takes_paper(petition: Petition) -> bool:
    """Tell whether there is a council, and none that refuses petitions from outside."""
    return petition.has_council and not terms_of(petition).refuses_outside


def print_context(petition: Petition, code: str) -> dict[str, Any]:
    """Return what both pages show; 404 for a code of no sheet of the petition."""
    if code and not PaperSheet.objects.filter(petition=petition, code=code).exists():
        raise Http404
    code = code or petition.slug
    return {
        "petition": petition,
        "wording": petition.wording,
        "terms": terms_of(petition),
        "place": petition.place,
        "council": petition.place.council if petition.place else None,
        "codes": printed_languages(),
        "code": code,
        "address": short_address(code),
        "closes_on": petition.closes_on,
        "deletes_on": petition.deletes_on,
    }


def printed_languages() -> list[str]:
    """Return English and Chinese: Traditional, unless the reader asks for Simplified.

    English stands first, because the council and most who pass by a stall read it.
    """
    current = languages.current()
    return ["en", "zh-hans" if current == "zh-hans" else "zh-hant"]


def sheet_context(petition: Petition) -> dict[str, Any]:
    """Return the lines to sign, with the columns that the council asks for."""
    terms, rules = terms_of(petition), rules_of(petition)
    return {
        "rules": rules,
        "connections": terms.connections,
        # Line, name, signature and date besides what this council asks.
        "columns": 3 + len(terms.council_fields) - 1 + len(terms.connections),
        "lines": range(1, 1 + LINES),
        "wording_code": wording_code(petition.wording.sha256),
    }


def wording_code(sha256: str) -> str:
    """Return the start of a wording's digest, in groups that can be read aloud."""
    return " ".join(sha256[start : start + 4] for start in range(0, 12, 4))
