"""The page of one joint action day: who acted, what came of it, what is planned."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.models import Event, JointAction
from campaign.views import calendar
from cities.models import Place, StatusEvent, Twinning
from cities.models.twinning import latest_of
from detwin.languages import best_of
from detwin.page_cache import kept
from front.as_of import today
from news.models import Article

Tie = tuple[Twinning, StatusEvent | None]


@kept
@require_safe
def action_day(request: HttpRequest, day: str) -> HttpResponse:
    """Show a day with its places and today's state of their agreements."""
    places = Prefetch("places", Place.objects.in_name_order())
    days = JointAction.objects.prefetch_related(places)
    action = get_object_or_404(days, day=day_of(day))
    ties = ties_by_place(action)
    context = {
        "action": action,
        "is_over": action.day < today(),
        "rows": [(place, ties.get(place.pk, [])) for place in action.places.all()],
        "events": events_of(action),
        "articles": Article.objects.published().filter(publish_at__date=action.day),
    }
    return render(request, "campaign/day.html", context)


@kept
@require_safe
def action_day_calendar(request: HttpRequest, day: str) -> HttpResponse:
    """Give the events of a day as a calendar to subscribe to."""
    action = get_object_or_404(JointAction, day=day_of(day))
    day_named = {"day": date_format(action.day, "DATE_FORMAT")}
    title = best_of(action, "title")[0] or _("Joint action day of %(day)s") % day_named
    return calendar(events_of(action), title, f"{action.day}-events")


def day_of(text: str) -> datetime.date:
    """Read the day of an address; anything that is none is not found."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != text:
        raise Http404
    return day


def events_of(action: JointAction) -> list[Event]:
    """Return the public events of a day by the hour at which they start."""
    return list(action.events.public().order_by("starts_at", "slug"))


def ties_by_place(action: JointAction) -> dict[int, list[Tie]]:
    """Return the agreements of the places that took part, each with what ended it."""
    ties = Twinning.objects.with_history().filter(place__in=action.places.all())
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties.order_by("chinese_place__name_en", "pk"):
        ending = latest_of(tie.events.all()) if tie.is_over else None
        found[tie.place_id].append((tie, ending))
    return found
