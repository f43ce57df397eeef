"""Supporters by area, told so that no figure ever moves because of one person.

A figure appears from ten people on, rounded down to five. It moves at night, and only
when at least five people more or fewer are there than when it last moved: whoever
watches the figures, or adds signatures of their own, cannot see one neighbour come or
go. From which number on is drawn anew each time, so that it cannot be worked out.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count

from petitions.models import AreaCount, Petition, Signature
from petitions.models.area_count import FEWEST, first_wait, next_wait

Areas = dict[tuple[int, int], int]


def renew_area_counts(day: datetime.date) -> int:
    """Move the figures that have to be moved, as of the end of a closed day.

    Returns how many. The number of queries does not depend on how many areas there
    are; doing it twice changes nothing.
    """
    people = people_by_area(day)
    with transaction.atomic():
        fresh = [
            AreaCount(petition_id=petition, place_id=area, wait=first_wait())
            for petition, area in people
        ]
        AreaCount.objects.bulk_create(fresh, ignore_conflicts=True)
        rows = AreaCount.objects.select_for_update().order_by("pk")
        moved = [
            row
            for row in rows
            if move(row, people.get((row.petition_id, row.place_id), 0), day)
        ]
        AreaCount.objects.bulk_update(moved, ["people", "wait", "moved_on"])
    return len(moved)


def people_by_area(day: datetime.date) -> Areas:
    """Count who confirmed until a day and still counts, by petition and area."""
    counted = Signature.objects.confirmed().filter(confirmed_on__lte=day)
    rows = counted.exclude(area=None).values_list("petition_id", "area_id")
    return {
        (petition, area): number
        for petition, area, number in rows.annotate(number=Count("pk")).order_by()
    }


def move(row: AreaCount, people: int, day: datetime.date) -> bool:
    """Move one figure if enough people came or went; tell whether it was."""
    if abs(people - row.people) < row.wait:
        return False
    row.people, row.wait, row.moved_on = people, next_wait(), day
    return True


def told_areas(petition: Petition) -> list[AreaCount]:
    """Return the areas that may be told, the largest first; one query."""
    if petition.has_council:
        return []
    rows = AreaCount.objects.filter(petition=petition, people__gte=FEWEST)
    found = rows.select_related("place").order_by("place__slug")
    return sorted(found, key=lambda row: -row.shown)
