"""The views that act: sign, confirm, withdraw, typed code, new link.

One shape each: guard, form, one verb, redirect. Every answer is `no-store`.
"""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from detwin import languages
from detwin.answers import SeeOther
from detwin.refusal import refuse
from petitions.forms import SignForm
from petitions.guards import CODE, LINK, SIGN, guarded
from petitions.link_forms import CodeForm, LinkForm, wrong_code
from petitions.links import token_for_code
from petitions.mailing import queue_link
from petitions.models import Petition
from petitions.page import bound_form, page_context, public_petition
from petitions.receiving import receive
from petitions.standing import standing_petition
from petitions.terms import terms_of
from safety.switches import is_collecting


@guarded(SIGN)
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Store a signature and lead everybody to the same page."""
    if not is_collecting():
        return not_collecting(request)
    petition, wording = standing_petition(slug)
    if not petition.is_running:
        return not_running(request)
    terms = terms_of(petition)
    form = bound_form(petition, wording, terms, request.POST)
    if not form.is_acceptable:
        return sent_back(request, petition, form)
    receive(petition, wording, terms, form.cleaned_data, languages.current())
    return SeeOther(thanks_path(slug, languages.current()))


@lru_cache(maxsize=1_000)
def thanks_path(slug: str, language: str) -> str:
    """Return the path of the page after signing, composed once for all signers."""
    with override(language):
        return reverse("petitions:thanks", args=[slug])


def not_collecting(request: HttpRequest) -> HttpResponse:
    """Say that organisers have stopped signing on the whole site."""
    response = refuse(
        request,
        503,
        _("We are not taking signatures just now"),
        _(
            "The organisers have stopped signing on the whole site for a while. "
            "Nothing was recorded; please come back later."
        ),
    )
    response.headers["Retry-After"] = "3600"
    return response


def not_running(request: HttpRequest) -> HttpResponse:
    """Say that nothing was recorded because the petition is not open."""
    return refuse(
        request,
        409,
        _("This petition is not open for signing"),
        _("Nothing was recorded. The petition's page says what came of it."),
    )


def sent_back(request: HttpRequest, petition: Petition, form: SignForm) -> HttpResponse:
    """Show the page again with the person's values and what is wrong or new.

    A warning or a new wording is asked once: the form then carries the answer.
    """
    context = page_context(petition, form)
    answers = {"wording": str(form.current_wording.number)}
    if context["notice"] == "provider":
        answers["anyway"] = "1"
    form.data = {**request.POST.dict(), **answers}
    return render(request, "petitions/petition.html", context, status=422)


@guarded(CODE)
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead a typed code to the page that its link leads to."""
    petition = public_petition(slug)
    form = CodeForm(request.POST, petition=petition)
    if form.is_valid():
        if token := token_for_code(petition, form.cleaned_data["code"]):
            return SeeOther(reverse("petitions:token", args=[token]))
        form.add_error("code", wrong_code())
    context = {"petition": petition, "wording": petition.wording, "code_form": form}
    return render(request, "petitions/code.html", context, status=422)


@guarded(LINK)
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Queue a new link; the answer is the same for every address."""
    petition = public_petition(slug)
    form = LinkForm(request.POST, petition=petition)
    context = {"petition": petition, "wording": petition.wording, "link_form": form}
    if not form.is_valid():
        return render(request, "petitions/link.html", context, status=422)
    queue_link(petition, form.cleaned_data["email"], languages.current())
    return render(request, "petitions/link.html", {**context, "sent": True})
