"""Where keeping the record stands: what waits, what is old, what is weak."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cities.checking import RECHECK_DAYS, check_again, want_check, weak_events
from cities.models import ErrorReport, StatusEvent, Twinning, TwinningCandidate
from cities.models.twinning import Status
from front.desk.pages import desk_page, desk_render
from front.desk.suggestions import perhaps_won
from safety.organisers.places import places_for, theirs

PER_PAGE = 50
WEAK = "weak"
CHECK, REPORT = "cities.change_statusevent", "cities.change_errorreport"


@desk_page("cities.view_twinning")
def overview(request: HttpRequest) -> HttpResponse:
    """Count what waits for an organiser; nine queries, however much there is."""
    presumed = Twinning.objects.filter(status=Status.ACTIVE, confirmed=False)
    reports, weak = ErrorReport.objects.waiting(), weak_events()
    candidates = TwinningCandidate.objects.waiting()
    everywhere = places_for(request.user, "cities.change_twinningcandidate") is None
    return desk_render(
        request,
        "overview.html",
        _("Keeping the record"),
        reports=theirs(reports, request.user, REPORT).count(),
        candidates=candidates.count() if everywhere else 0,
        old=len(of_theirs(request, want_check())),
        weak=theirs(weak, request.user, CHECK, "twinning__place").count(),
        presumed=theirs(presumed, request.user, "cities.view_twinning").count(),
        perhaps_won=perhaps_won(),
        days=RECHECK_DAYS,
    )


def of_theirs(request: HttpRequest, events: list[StatusEvent]) -> list[StatusEvent]:
    """Keep the events at the places that the organiser's role is for."""
    places = places_for(request.user, CHECK)
    return [
        event for event in events if places is None or event.twinning.place_id in places
    ]


@desk_page(CHECK)
def checks(request: HttpRequest) -> HttpResponse:
    """List the sources that want a look again, or a better source."""
    is_weak = request.GET.get("why") == WEAK
    events: Any = (
        theirs(weak_events(), request.user, CHECK, "twinning__place")
        if is_weak
        else of_theirs(request, want_check())
    )
    title = _("Weak sources") if is_weak else _("Not re-checked for 90 days")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    return desk_render(request, "checks.html", title, page=page, is_weak=is_weak)


@desk_page(CHECK)
@require_POST
def checked_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the source of an event was looked at today."""
    events = StatusEvent.objects.select_related(
        "twinning__place", "twinning__chinese_place"
    )
    mine = theirs(events, request.user, CHECK, "twinning__place")
    event: StatusEvent = get_object_or_404(mine, pk=pk)
    check_again(event, request.user)
    messages.success(request, _("Checked again today: %(event)s") % {"event": event})
    answer = redirect("desk:checks")
    if request.GET.get("why") == WEAK:
        answer["Location"] += f"?why={WEAK}"
    return answer
