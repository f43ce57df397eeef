"""The page of a place that needs no petition: its council has ended the agreement."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cities.models import Place, Twinning
from petitions.models import Petition
from petitions.others import three_more


def without_petition(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a place's council has ended it; 404 for drafts and all other places."""
    if Petition.objects.filter(slug=slug).exists():
        raise Http404
    places = Place.objects.outside_china().exclude(council=None)
    place: Place = get_object_or_404(places.select_related("council"), slug=slug)
    ties = list(Twinning.objects.filter(place=place).with_history())
    if not ties or not all(tie.is_over for tie in ties):
        raise Http404
    wide = Petition.objects.running().filter(country=place.country)
    context = {
        "place": place,
        "ties": ties,
        "country_petition": wide.filter(scope=Petition.Scope.COUNTRY).first(),
        "three_more": three_more(place),
    }
    return render(request, "petitions/ended.html", context)
