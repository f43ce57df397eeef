"""The chain of check numbers: written when days close, checked by anybody.

Each petition has its own. A list of all petitions' last check numbers is mailed to the
organisers every day; without a copy outside the server a chain would prove nothing,
for whoever can change a figure can compute the numbers after it anew.
"""

from __future__ import annotations

import datetime
import hashlib

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cities.csv_cells import as_csv
from petitions.models import DailyTally, Petition
from petitions.public_tally import FEWEST_CHANGES, merged_lines, published_lines

# A transaction that began before midnight may still write into that day's tally.
GRACE = datetime.timedelta(minutes=10)
HEADS = ("petition", "last_day", "check")


def last_closed_day() -> datetime.date:
    """Return the last UTC day whose tally nothing can change any more."""
    return (timezone.now() - GRACE).date() - datetime.timedelta(days=1)


def close_days() -> int:
    """Write the check numbers of all lines that have become full; return how many.

    Doing it twice, late, or in two workers at once comes to the same: what a closed
    day holds no longer changes.
    """
    waiting = DailyTally.objects.filter(day__lte=last_closed_day(), hash="")
    petitions = Petition.objects.filter(pk__in=waiting.values("petition"))
    return sum(close_lines(petition) for petition in petitions)


def close_lines(petition: Petition) -> int:
    """Write the check numbers of one petition's full lines; return how many."""
    tallies = DailyTally.objects.filter(petition=petition).order_by("day")
    last = tallies.exclude(hash="").last()
    previous = last.hash if last else petition.slug
    fresh = tallies.filter(day__lte=last_closed_day())
    lines = merged_lines(fresh.filter(day__gt=last.day) if last else fresh)
    for line in lines:
        check = line.check_after(previous)
        end = DailyTally.objects.filter(petition=petition, day=line.last_day)
        end.update(previous_hash=previous, hash=check)
        previous = check
    return len(lines)


def broken_on(petition: Petition) -> datetime.date | None:
    """Return the last day of the first line whose check number is wrong, or None."""
    previous = petition.slug
    for line in published_lines(petition):
        is_full = line.changes >= FEWEST_CHANGES
        if not is_full or line.check != line.check_after(previous):
            return line.last_day
        previous = line.check
    return None


def heads() -> list[dict[str, str]]:
    """Return each petition's last closed day and check number, by slug; one query."""
    closed = DailyTally.objects.filter(petition=OuterRef("pk")).exclude(hash="")
    last = closed.order_by("-day")
    rows = (
        Petition.objects.annotate(
            last_day=Subquery(last.values("day")[:1]),
            last_check=Subquery(last.values("hash")[:1]),
        )
        .exclude(last_check=None)
        .order_by("slug")
    )
    found = rows.values_list("slug", "last_day", "last_check")
    return [
        {"petition": slug, "last_day": day.isoformat(), "check": check}
        for slug, day, check in sorted(found)
    ]


def heads_file() -> str:
    """Return the published list of the last check numbers, `/data/tally-heads.csv`."""
    return as_csv(HEADS, heads())


def head_of(file: str) -> str:
    """Return the one check number over such a list: the SHA-256 of its bytes."""
    return hashlib.sha256(file.encode()).hexdigest()
