"""Events: the list, one page each, and the calendars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.calendars import calendar_of
from campaign.models import Event, JointAction
from cities.models import Place
from detwin.languages import OUTPUT_TAGS, best_of, current
from detwin.page_cache import kept

PER_PAGE = 20
MOST_COMING = 100
# Calendars keep what they have once read; older events need not be sent again.
IN_CALENDAR = 300


@kept
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """List what is coming, then what is past; `?place=` keeps one city's events."""
    place = asked_place(request.GET.get("place", ""))
    past = of_place(Event.objects.past(), place)
    context = {
        "place": place,
        "coming": of_place(Event.objects.coming(), place)[:MOST_COMING],
        "past": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "joint_actions": joint_actions(place),
    }
    return render(request, "campaign/events.html", context)


@kept
@require_safe
def event_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one event; a draft is not found."""
    events = Event.objects.public().select_related("joint_action")
    event = get_object_or_404(events, slug=slug)
    context = {"event": event, "described": described(event)}
    return render(request, "campaign/event.html", context)


@kept
@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one event as a file for a calendar."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    return calendar([event], best_of(event, "title")[0], slug)


@kept
@require_safe
def all_calendar(request: HttpRequest) -> HttpResponse:
    """Give all events as a calendar to subscribe to."""
    newest = Event.objects.public().order_by("-starts_at", "slug")
    return calendar(newest[:IN_CALENDAR], settings.SITE_NAME, "events")


@kept
@require_safe
def place_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the events of one city as a calendar to subscribe to."""
    place = get_object_or_404(Place, slug=slug)
    newest = Event.objects.public().filter(place=place).order_by("-starts_at", "slug")
    name = f"{settings.SITE_NAME}: {best_of(place, 'name')[0]}"
    return calendar(newest[:IN_CALENDAR], name, f"{slug}-events")


def calendar(events: Iterable[Event], name: str, file: str) -> HttpResponse:
    """Answer with a calendar file."""
    content = calendar_of(events, name)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def of_place(events: QuerySet[Event], place: Place | None) -> QuerySet[Event]:
    """Keep the events of a place, when one is given."""
    return events.filter(place=place) if place else events


def joint_actions(place: Place | None) -> QuerySet[JointAction]:
    """Return the joint action days with their cities, those of a place if given."""
    in_order = Prefetch("places", Place.objects.in_name_order())
    days = JointAction.objects.prefetch_related(in_order)
    return days.filter(places=place) if place else days


def asked_place(slug: str) -> Place | None:
    """Return the place of this slug; anything that is no slug asks for none."""
    is_slug = slug.isascii() and slug.isprintable()
    return Place.objects.filter(slug=slug).first() if slug and is_slug else None


def described(event: Event) -> dict[str, Any]:
    """Describe an event as schema.org's Event; the place as exact as the page."""
    title, code = best_of(event, "title")
    found = {
        "@type": "Event",
        "name": title,
        "description": best_of(event, "summary")[0],
        "startDate": event.starts_there,
        "endDate": event.ends_there,
        "eventStatus": f"https://schema.org/{described_state(event)}",
        "previousStartDate": event.moved_from_there,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": described_place(event),
        "isAccessibleForFree": True,
        "inLanguage": OUTPUT_TAGS[code],
        "url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "organizer": {
            "@type": "Organization",
            "name": settings.CONTROLLER_NAME or settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/{current()}/",
        },
    }
    return {name: value for name, value in found.items() if value}


def described_state(event: Event) -> str:
    """Return schema.org's word; one that only changed its place keeps its schedule."""
    if event.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if event.moved_from else "EventScheduled"


def described_place(event: Event) -> dict[str, Any]:
    """Describe where an event is, without what is held back."""
    address = {"@type": "PostalAddress"}
    if event.place:
        address["addressLocality"] = best_of(event.place, "name")[0]
        address["addressCountry"] = event.place.country
    exact = "" if event.is_held_back else best_of(event, "exact_place")[0]
    if exact:
        address["streetAddress"] = exact
    name = best_of(event, "where")[0] or exact or address.get("addressLocality")
    return {"@type": "Place", "name": name or _("Place to follow"), "address": address}
