"""Petitions that may be won. A suggestion only: an organiser decides."""

from __future__ import annotations

from cities.models import Place
from petitions.models import Petition

State = Petition.State
UNDECIDED = (State.OPEN, State.CLOSED, State.HANDED_IN, State.ANSWERED)


def perhaps_won(place: Place | None = None) -> list[Petition]:
    """Return undecided petitions all of whose twinnings are over, in two queries."""
    petitions = Petition.objects.filter(state__in=UNDECIDED, twinnings__isnull=False)
    if place is not None:
        petitions = petitions.filter(place=place)
    found = petitions.distinct().order_by("slug").prefetch_related("twinnings")
    return [p for p in found if all(tie.is_over for tie in p.twinnings.all())]
