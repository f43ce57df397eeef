"""Daily figures as they may be published: days merged so that nobody can be picked out.

Only days that are over count. What came by paper rides along: a sheet of fifty lines
must not uncover the one person who signed online on the same day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

# A line of fewer changes online than these is merged with the next.
FEWEST_CHANGES = 10


class Tally(Protocol):
    """What of one day's tally is summed."""

    day: datetime.date
    confirmed: int
    withdrawn: int
    quarantined: int
    paper: int


@dataclass(frozen=True)
class Line:
    """Days put together: the first, the last, and what changed on them."""

    first_day: datetime.date
    last_day: datetime.date
    confirmed: int = 0
    withdrawn: int = 0
    quarantined: int = 0
    paper: int = 0

    @property
    def changes(self) -> int:
        """How many signatures changed online."""
        return self.confirmed + self.withdrawn + self.quarantined

    def and_then(self, tally: Tally) -> Line:
        """Return the line with one more day."""
        return Line(
            self.first_day,
            tally.day,
            self.confirmed + tally.confirmed,
            self.withdrawn + tally.withdrawn,
            self.quarantined + tally.quarantined,
            self.paper + tally.paper,
        )


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
