"""The public log of what was deleted: days and numbers, and never of fewer than ten.

Days are put together until ten of a kind were deleted, or one could read that a single
person had signed and not confirmed. Keys are no people and stand day by day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from petitions.models import Deletion

FEWEST = 10
What = Deletion.What


@dataclass(frozen=True)
class Deleted:
    """Days put together, and how many of one kind were deleted on them."""

    first_day: datetime.date
    last_day: datetime.date
    what: str
    number: int

    @property
    def label(self) -> str:
        """What was deleted, in the reader's language."""
        return str(What(self.what).label)


def deletions() -> list[Deleted]:
    """Return the published lines of days that are over, newest first; one query."""
    growing: dict[str, Deleted] = {}
    lines = []
    for row in Deletion.objects.filter(day__lt=timezone.now().date()):
        before = growing.pop(row.what, Deleted(row.day, row.day, row.what, 0))
        number = before.number + row.number
        line = Deleted(before.first_day, row.day, row.what, number)
        if number >= FEWEST or row.what == What.DAY_KEYS:
            lines.append(line)
        else:
            growing[row.what] = line
    return sorted(lines, key=lambda line: (line.last_day, line.what), reverse=True)
