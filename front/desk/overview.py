"""Where keeping the record stands: what waits, what is old, what is weak."""

from __future__ import annotations

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

PER_PAGE = 50
WEAK = "weak"


@desk_page("cities.view_twinning")
def overview(request: HttpRequest) -> HttpResponse:
    """Count what waits for an organiser; nine queries, however much there is."""
    presumed = Twinning.objects.filter(status=Status.ACTIVE, confirmed=False)
    return desk_render(
        request,
        "overview.html",
        _("Keeping the record"),
        reports=ErrorReport.objects.waiting().count(),
        candidates=TwinningCandidate.objects.waiting().count(),
        old=len(want_check()),
        weak=weak_events().count(),
        presumed=presumed.count(),
        perhaps_won=perhaps_won(),
        days=RECHECK_DAYS,
    )


@desk_page("cities.change_statusevent")
def checks(request: HttpRequest) -> HttpResponse:
    """List the sources that want a look again, or a better source."""
    is_weak = request.GET.get("why") == WEAK
    events = weak_events() if is_weak else want_check()
    title = _("Weak sources") if is_weak else _("Not re-checked for 90 days")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    return desk_render(request, "checks.html", title, page=page, is_weak=is_weak)


@desk_page("cities.change_statusevent")
@require_POST
def checked_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the source of an event was looked at today."""
    events = StatusEvent.objects.select_related(
        "twinning__place", "twinning__chinese_place"
    )
    event = get_object_or_404(events, pk=pk)
    check_again(event, request.user)
    messages.success(request, _("Checked again today: %(event)s") % {"event": event})
    answer = redirect("desk:checks")
    if request.GET.get("why") == WEAK:
        answer["Location"] += f"?why={WEAK}"
    return answer
