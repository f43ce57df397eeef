"""The page behind a mailed link: confirm first, manage later. GET changes nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from campaign.models import Event
from detwin.answers import no_store
from petitions.guards import method_refusal, refusal_of
from petitions.links import Opened, open_token
from petitions.models import Petition
from petitions.settling import Outcome, confirm, withdraw
from petitions.sharing import share_context


@csrf_exempt
@never_cache
def token_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was chosen; act only on a POST from this page."""
    if request.method not in ("GET", "HEAD", "POST"):
        return method_refusal(request)
    opened = open_token(token)
    if opened is None:
        raise Http404
    if request.method != "POST":
        return shown(request, opened, resting_step(opened))
    if refusal := refusal_of(request):
        return refusal
    wants_news = "updates" in request.POST
    step, gets_news = act(opened, request.POST.get("action", ""), wants_news)
    return shown(request, opened, step, gets_news)


def resting_step(opened: Opened) -> str:
    """Return what the page offers before anything is pressed."""
    if opened.signature.is_settled:
        return "manage"
    return "confirm" if opened.petition.accepts_confirmations else "closed"


def act(opened: Opened, action: str, wants_news: bool) -> tuple[str, bool]:
    """Do what was pressed; return the step that the page then shows, and whether the
    address went to the news.
    """
    signature, petition = opened.signature, opened.petition
    if action == "confirm" and petition.accepts_confirmations:
        outcome = confirm(signature.pk, wants_news)
        if outcome is Outcome.GONE:
            raise Http404
        step = "manage" if outcome is Outcome.ALREADY else "done"
        return step, outcome is Outcome.WITH_NEWS
    if action in ("withdraw", "not_me"):
        withdraw(signature.pk)
        return ("withdrawn" if action == "withdraw" else "not_me"), False
    return resting_step(opened), False


def shown(
    request: HttpRequest, opened: Opened, step: str, gets_news: bool = False
) -> HttpResponse:
    """Render the page with the figures as they stand after the action."""
    petition = opened.petition
    context: dict[str, Any] = {
        **share_context(petition, opened.signature.wording),
        "signature": opened.signature,
        "step": step,
        "gets_news": gets_news,
        "can_withdraw": petition.accepts_withdrawals,
        "supporters": Petition.objects.values_list("supporters", flat=True).get(
            pk=petition.pk
        ),
        "deletes_on": petition.deletes_on,
        "next_event": next_event_near(petition) if step == "done" else None,
    }
    response = render(request, "petitions/token.html", context)
    return no_store(response)


def next_event_near(petition: Petition) -> Event | None:
    """Return the next event in the petition's place, or in its country, or at all."""
    events = Event.objects.coming().taking_place()
    if petition.place_id:
        events = events.filter(place=petition.place_id)
    elif petition.country:
        events = events.filter(place__country=petition.country)
    return events.first()
