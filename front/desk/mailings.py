"""News by mail at the desk: how many get it, and what becomes of each mailing.

Numbers only: no page of the desk shows a subscriber's address.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cities.models import Place
from detwin.languages import CODES, NAMES, OUTPUT_TAGS
from front.desk.pages import desk_page, desk_render
from news import composing
from news.models import Mailing, SendingSlot, Subscriber
from news.models.sending_slot import MOST_A_WEEK
from safety.models import Approval
from safety.organisers.approval_views import ReasonForm
from safety.organisers.approvals import NotAllowed

PER_PAGE = 50


@desk_page("news.view_mailing")
@require_safe
def mailings(request: HttpRequest) -> HttpResponse:
    """List the mailings and count who is on each list, in a fixed number of queries."""
    rows = Mailing.objects.select_related("article", "place", "made_by")
    waiting = Approval.objects.waiting().filter(action=Approval.Action.MAILING)
    return desk_render(
        request,
        "mailings.html",
        _("News by mail"),
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        asked=set(waiting.values_list("pk", flat=True)),
        gets_all=Subscriber.objects.on_list(None).count(),
        lists=list_sizes(),
    )


def list_sizes() -> list[tuple[Place, int]]:
    """Return the places that have a list, with how many are on it, largest first."""
    memberships = Subscriber.places.through.objects.values_list("place")
    sizes = dict(memberships.annotate(number=Count("pk")))
    places = Place.objects.in_bulk(list(sizes))
    pairs = [(places[key], number) for key, number in sizes.items()]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].slug))


@desk_page("news.view_mailing")
@require_safe
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mailing: what is sent to whom, how far it is, what can be done."""
    return page_of(request, pk, ReasonForm())


def page_of(
    request: HttpRequest, pk: int, form: ReasonForm, status: int = 200
) -> HttpResponse:
    """Render the page of a mailing."""
    row = found(pk)
    return desk_render(
        request,
        "mailing.html",
        str(row),
        status,
        mailing=row,
        texts=texts_of(row),
        form=form,
        missing=composing.what_is_missing(row) if row.is_open else "",
        reaches=composing.recipients_of(row).count() if not row.is_filled else 0,
        used=used_this_week(row),
        most=MOST_A_WEEK,
        done=row.sent + row.refused + row.left_meanwhile,
    )


def found(pk: int) -> Mailing:
    """Return a mailing with all that its page names."""
    rows = Mailing.objects.select_related("article", "place", "made_by", "approval")
    return get_object_or_404(rows, pk=pk)


def texts_of(row: Mailing) -> list[dict[str, Any]]:
    """Return what is sent in each language."""
    return [
        {"name": NAMES[code], "tag": OUTPUT_TAGS[code], **row.texts_in(code)}
        for code in CODES
    ]


def used_this_week(row: Mailing) -> int:
    """Count the mailings that the list has had within seven days."""
    return SendingSlot.objects.used(row.place_id, timezone.now().date()).count()


@desk_page("news.change_mailing")
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail it in each language to the organiser's own address, and nobody else's."""
    row, address = found(pk), getattr(request.user, "email", "")
    if address:
        composing.ask_for_preview(row, address)
        text = _("On its way to your own address, in each language.")
        messages.success(request, text)
    else:
        text = _("Your account has no e-mail address. Ask an administrator to add it.")
        messages.error(request, text)
    return redirect(row)


@desk_page("news.change_mailing")
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another organiser to have it sent."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page_of(request, pk, form, status=422)
    row = found(pk)
    try:
        composing.ask_to_send(row, request.user, form.cleaned_data["reason"])
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked. A second organiser must approve it."))
    return redirect(row)


@desk_page("news.approve_mailing")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mailing in the middle."""
    row = found(pk)
    if composing.stop(row, request.user.get_username()):
        messages.success(request, _("Stopped. Nobody else gets it."))
    else:
        messages.error(request, _("It is not being sent."))
    return redirect(row)
