"""Signatures valid for the council, told so that no figure moves because of one person.

The figure is told from ten on. It moves at night, and only when at least five more or
fewer are valid than when it last moved, as those of `area_counts.py` do: a number that
goes up on the evening of a stall would tell what one neighbour chose there.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count

from petitions.models import Petition, Signature
from petitions.models.area_count import FEWEST, next_wait


def renew_valid_counts(day: datetime.date) -> int:
    """Move the figures that have to be moved, as of the end of a closed day.

    Returns how many. Doing it twice changes nothing.
    """
    valid = valid_by_petition(day)
    told = Petition.objects.values_list(
        "pk", "council_valid_told", "council_valid_wait"
    )
    moved = [
        (key, valid.get(key, 0))
        for key, people, wait in told.order_by("pk")
        if abs(valid.get(key, 0) - people) >= wait
    ]
    with transaction.atomic():
        for key, people in moved:
            Petition.objects.filter(pk=key).update(
                council_valid_told=people, council_valid_wait=next_wait()
            )
    return len(moved)


def valid_by_petition(day: datetime.date) -> dict[int, int]:
    """Count who confirmed until a day, still counts and is valid, by petition."""
    counted = Signature.objects.confirmed().filter(
        confirmed_on__lte=day, council_valid=True
    )
    rows = counted.values_list("petition_id").annotate(number=Count("pk"))
    return dict(rows.order_by())


def told_valid(petition: Petition) -> int | None:
    """Return the figure that may be told; None where fewer than ten were valid."""
    people = petition.council_valid_told
    return people if people >= FEWEST else None
