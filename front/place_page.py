"""The page of one place: its ties with history and sources, council and petition."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.models import Event, Group
from cities.map.ties import drawn_of, looks_of
from cities.models import Place, Twinning
from detwin.page_cache import kept
from front.as_of import AsOf, on_a_day, today
from front.citing import cite_place, cite_tie
from front.corrections import corrections_of
from front.petition_cards import PetitionCard
from news.models import Article
from petitions.models import Petition

NEWEST = 5


@kept
@require_safe
@on_a_day
def place_page(
    request: HttpRequest, slug: str, day: datetime.date | None = None
) -> HttpResponse:
    """Show a place with everything the site knows of it, or knows of an earlier day."""
    places = Place.objects.select_related("council__rules")
    place: Place = get_object_or_404(places, slug=slug)
    ties, shown_day = ties_of(place, day), day or today()
    for tie in ties:
        tie.citation = cite_tie(tie, place, shown_day)
    link_reports(ties)
    drawn = drawn_of(ties)
    context = {
        "place": place,
        "ties": ties,
        "drawn": looks_of(drawn),
        "arcs": len(drawn),
        "all_over": day is None and bool(ties) and all(tie.is_over for tie in ties),
        "articles": Article.objects.published().filter(place=place)[:NEWEST],
        "as_of": AsOf.of(day, request.path, ties),
        "today": today(),
        "citation": cite_place(place, shown_day),
        "corrections": corrections_of(place),
        **council_of(place),
        **(petitions_for(place) if day is None else {}),
        **(campaign_in(place) if day is None else {}),
    }
    return render(request, "cities/place.html", context)


def campaign_in(place: Place) -> dict[str, Any]:
    """Return what the campaign does in a place."""
    return {
        "next_events": Event.objects.coming().filter(place=place)[:NEWEST],
        "groups": Group.objects.listed().filter(place=place)[:NEWEST],
    }


def ties_of(place: Place, day: datetime.date | None) -> list[Any]:
    """Return the ties of a place on either side, with their history up to a day."""
    ties = Twinning.objects.with_history()
    if place.is_in_china:
        own = ties.filter(chinese_place=place).order_by("place__name_en", "pk")
    else:
        own = ties.filter(place=place).order_by("chinese_place__name_en", "pk")
    return own.as_of(day) if day else list(own)


def link_reports(ties: list[Any]) -> None:
    """Give each event the slug of the newest article that reports it, in one query."""
    events = {event.pk: event for tie in ties for event in tie.events.all()}
    reports = Article.objects.published().filter(status_event__in=events)
    for key, slug in reports.reverse().values_list("status_event", "slug"):
        events[key].report = slug


def council_of(place: Place) -> dict[str, Any]:
    """Return the council, its rules and thresholds, or None for what is not known."""
    council = getattr(place, "council", None)
    rules = getattr(council, "rules", None)
    thresholds = list(rules.thresholds.all()) if rules else None
    return {"council": council, "rules": rules, "thresholds": thresholds}


def petitions_for(place: Place) -> dict[str, Any]:
    """Return the place's petition and the slug of its country's running one."""
    in_country = Q(scope=Petition.Scope.COUNTRY, country=place.country)
    found = Petition.objects.public().filter(Q(place=place) | in_country)
    own = [petition for petition in found if petition.place_id]
    country = [p.slug for p in found if not p.place_id and p.is_running]
    own.sort(key=lambda petition: (petition.is_running, petition.opens_on))
    return {
        "petition": PetitionCard.of(own[-1]) if own else None,
        "country_petition_slug": country[0] if country else "",
    }
