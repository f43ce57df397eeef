"""Where somebody goes whose own city's petition is over, or never was."""

from __future__ import annotations

from django.db.models import Case, Expression, F, FloatField, Value, When
from django.db.models.functions import Cast

from cities.models import Place
from petitions.models import Petition

NUMBER = 3


def three_more(place: Place | None, country: str = "") -> list[Petition]:
    """Return the petitions to councils that can be signed and need a reader most.

    The same country comes first, then what is near the place, or what has most
    supporters where there is no place; the slug decides between equals.
    """
    country = place.country if place else country
    running = Petition.objects.running().filter(scope=Petition.Scope.CITY)
    others = running.exclude(place=place) if place else running
    abroad = Case(When(place__country=country, then=Value(0)), default=Value(1))
    nearest = distance_from(place) if place else F("supporters").desc()
    found = others.select_related("place").order_by(abroad, nearest, "slug")
    return list(found[:NUMBER])


def distance_from(place: Place) -> Expression:
    """Return an expression that grows with the distance of a petition's place.

    Degrees on a flat map, squared: enough to tell the next town from the far end of
    a country.
    """
    north = Cast(F("place__latitude"), FloatField()) - float(place.latitude)
    east = Cast(F("place__longitude"), FloatField()) - float(place.longitude)
    # A degree of longitude is about 0.6 of one of latitude where most places are.
    return north * north + east * east * 0.36
