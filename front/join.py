"""Joining the campaign: written, confirmed by mail, passed on, and not kept."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from campaign.models import JoinRequest
from detwin.answers import SeeOther, no_store
from detwin.languages import current
from detwin.page_cache import kept
from detwin.refusal import refuse
from front.join_forms import GroupForm, JoinForm, PersonForm
from petitions.guards import frequency_refusal, refusal_of
from safety import day_keys
from safety.links import opened, row_of
from safety.throttling import Limit

# For one network, behind which a whole meeting may sit.
JOIN = Limit("join", 20, 3600)
FORMS: dict[str, type[JoinForm]] = {"group": GroupForm, "person": PersonForm}


@kept
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Show both ways to join."""
    context = {"is_possible": bool(settings.CONTROLLER_EMAIL)}
    return render(request, "campaign/join.html", context)


def join_as(kind: str) -> Callable[..., HttpResponseBase]:
    """Return the view of one of the two forms."""

    @csrf_exempt
    @kept
    def form_page(request: HttpRequest) -> HttpResponse:
        if not settings.CONTROLLER_EMAIL:
            raise Http404
        if request.method in ("GET", "HEAD"):
            return show(request, FORMS[kind]())
        if refusal := refusal_of(request) or frequency_refusal(request, JOIN):
            return refusal
        form = FORMS[kind](request.POST)
        if not form.is_valid():
            return show(request, form, 422)
        if not form.is_from_a_robot:
            JoinRequest.objects.receive(kind, form.details(), current())
        return no_store(SeeOther(reverse("campaign:join-thanks")))

    return form_page


def show(request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
    """Show a form with what was typed and what is wrong with it."""
    context = {"form": form, "kind": form.kind}
    answer = render(request, "campaign/join_form.html", context, status=status)
    return answer if status == 200 else no_store(answer)


@kept
@require_safe
def join_thanks(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way; the same for everybody."""
    return render(request, "campaign/join_thanks.html")


@kept
@require_safe
def join_passed_on(request: HttpRequest) -> HttpResponse:
    """Say that the organisers get it now."""
    return render(request, "campaign/join_passed_on.html")


@kept
@require_safe
def join_deleted(request: HttpRequest) -> HttpResponse:
    """Say that it is gone."""
    return render(request, "campaign/join_deleted.html")


@csrf_exempt
@never_cache
def join_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is waiting; pass it on or delete it only on a POST from this page."""
    if request.method not in ("GET", "HEAD") and (refusal := refusal_of(request)):
        return refusal
    wish = waiting_wish(token)
    if wish is None:
        return gone(request)
    if request.method == "POST":
        return act(wish, request.POST.get("action", ""), request)
    context = {"details": wish.details(), "kind": wish.kind}
    return no_store(render(request, "campaign/join_confirm.html", context))


def act(wish: JoinRequest, action: str, request: HttpRequest) -> HttpResponse:
    """Do what was pressed; anything else shows the page again."""
    if action == "confirm":
        wish.confirm()
        return no_store(SeeOther(reverse("campaign:join-passed-on")))
    if action == "delete":
        wish.delete()
        return no_store(SeeOther(reverse("campaign:join-deleted")))
    return no_store(SeeOther(request.path))


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a link leads nowhere, whether it was used, too old or never ours."""
    return refuse(
        request,
        404,
        _("This link leads nowhere any more"),
        _("It was used already, or it is older than three days. You may write again."),
    )


def waiting_wish(token: str) -> JoinRequest | None:
    """Return what a link leads to and nobody has confirmed yet."""
    wish = row_of(opened(token), JoinRequest.objects.filter(confirmed_at=None))
    return wish if wish and is_readable(wish) and not wish.is_overdue else None


def is_readable(wish: JoinRequest) -> bool:
    """Tell whether the key of its day still opens it."""
    try:
        wish.details()
    except (day_keys.DayKeyGone, day_keys.Damaged):
        return False
    return True
