"""Daily figures as they may be published: days merged so that nobody can be picked out.

Only days that are over count. What came by paper rides along: a sheet of fifty lines
must not uncover the one person who signed online on the same day.

Each line carries a check number over itself and the line before (`chain.py` writes
them). What is hashed is what is published, so a check number gives nothing away: over
the small figures of a single day it could be guessed.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from petitions.models import DailyTally, Petition

# A line of fewer changes online than these is merged with the next.
FEWEST_CHANGES = 10
FIGURES = ("confirmed", "withdrawn", "quarantined", "removed", "released", "paper")


class Tally(Protocol):
    """What of one day's tally is summed."""

    day: datetime.date
    confirmed: int
    withdrawn: int
    quarantined: int
    removed: int
    released: int
    paper: int


@dataclass(frozen=True)
class Line:
    """Days put together: the first, the last, and what changed on them."""

    first_day: datetime.date
    last_day: datetime.date
    confirmed: int = 0
    withdrawn: int = 0
    quarantined: int = 0
    removed: int = 0
    released: int = 0
    paper: int = 0
    check: str = ""

    @property
    def changes(self) -> int:
        """How many signatures changed online; a removed one is a quarantined one."""
        return self.confirmed + self.withdrawn + self.quarantined + self.released

    @property
    def growth(self) -> int:
        """By how many the supporters rose or fell."""
        return self.confirmed + self.released - self.withdrawn - self.removed

    def and_then(self, tally: Tally) -> Line:
        """Return the line with one more day."""
        sums = {name: getattr(self, name) + getattr(tally, name) for name in FIGURES}
        return replace(self, last_day=tally.day, **sums)

    def check_after(self, previous: str) -> str:
        """Return the check number; `previous` is the one before, or the slug.

        It is the SHA-256 of the previous one, a comma, and the line as it stands in
        the published file.
        """
        values = (getattr(self, name) for name in ("first_day", "last_day", *FIGURES))
        text = ",".join([previous, *map(str, values)])
        return hashlib.sha256(text.encode()).hexdigest()


def merged_lines(tallies: Iterable[Tally]) -> list[Line]:
    """Merge tallies, oldest day first, into lines of at least ten changes each.

    Days after the last full line are left out until there are enough of them.
    """
    lines: list[Line] = []
    growing: Line | None = None
    for tally in tallies:
        growing = (growing or Line(tally.day, tally.day)).and_then(tally)
        if growing.changes >= FEWEST_CHANGES:
            lines.append(growing)
            growing = None
    return lines


def published_lines(petition: Petition) -> list[Line]:
    """Return the lines that are closed, oldest first; one query.

    The open data, the chart and the check numbers all stand on these: were one of
    them to end its lines on other days, it could be subtracted from the others.
    """
    lines: list[Line] = []
    growing: Line | None = None
    for tally in DailyTally.objects.filter(petition=petition).order_by("day"):
        growing = (growing or Line(tally.day, tally.day)).and_then(tally)
        if tally.hash:
            lines.append(replace(growing, check=tally.hash))
            growing = None
    return lines
