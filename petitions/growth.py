"""How a petition has grown: a chart of closed days, of which none tells who signed.

It has the lines of the open data (`public_tally.py`), each of at least ten changes, so
that nobody can read from two figures whether one person has signed or withdrawn.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.map.paths import path, simplified
from petitions import public_tally
from petitions.models import HandIn, Petition

# One line is a number and no growth.
FEWEST_LINES = 2
# A goal further away than so many times the supporters would flatten the line.
FARTHEST_GOAL = 4
# In units of the drawing, which is scaled to its column.
WIDTH, HEIGHT = 360, 190
TOP, BOTTOM = 54, 168
LEFT, RIGHT = 1, 356
TOLERANCE = 0.5
# Names of events stand in rows below each other, so that near ones can be read.
ROW, ROWS = 13, 3

# A day and what happened on it, in the reader's language.
Event = tuple[datetime.date, str]


@dataclass(frozen=True)
class Line:
    """Days merged into one: the last of them, and the supporters at its end."""

    day: datetime.date
    supporters: int


@dataclass(frozen=True)
class Mark:
    """A dated event on the chart; `label` is its words in the reader's language."""

    day: datetime.date
    label: str
    x: int
    y: int
    anchor: str


def lines_of(published: Iterable[public_tally.Line]) -> list[Line]:
    """Return the supporters at the end of each published line."""
    lines, supporters = [], 0
    for line in published:
        supporters += line.growth
        lines.append(Line(line.last_day, supporters))
    return lines


def growth_of(
    petition: Petition, numbers: dict[str, Any], hand_ins: Callable[[], list[HandIn]]
) -> dict[str, Any] | None:
    """Return what `_growth.html` draws; None where there is too little to draw.

    `numbers` are those of `page.numbers_of`; where they are hidden nothing is asked
    of the database. Otherwise it takes one query beside the hand-ins'.
    """
    if numbers["hidden"]:
        return None
    lines = lines_of(public_tally.published_lines(petition))
    if len(lines) < FEWEST_LINES:
        return None
    events = events_of(petition, hand_ins())
    scale = Scale.of(petition, lines, [event[0] for event in events], numbers["goal"])
    points = [scale.spot(petition.opens_on, 0)]
    points += [scale.spot(line.day, line.supporters) for line in lines]
    curve = path(simplified(points, TOLERANCE))
    end_x, end_y = (round(value) for value in points[-1])
    return {
        "curve": curve,
        "under": f"{curve}V{BOTTOM}H{LEFT}z",
        "end_x": end_x,
        "end_y": end_y,
        "number_y": end_y - 8,
        "last": lines[-1],
        "first_day": petition.opens_on,
        "last_day": scale.last,
        "goal": numbers["goal"],
        "goal_y": scale.goal_y(numbers["goal"]),
        "marks": placed(events, scale),
        "months": by_month(lines),
    }


@dataclass(frozen=True)
class Scale:
    """Turns a day and a number of supporters into a spot of the drawing."""

    first: datetime.date
    last: datetime.date
    highest: int

    @classmethod
    def of(
        cls,
        petition: Petition,
        lines: list[Line],
        days: list[datetime.date],
        goal: int | None,
    ) -> Scale:
        """Return the scale that shows every line, every event and a near goal."""
        most = max(line.supporters for line in lines)
        near = goal if goal and goal <= FARTHEST_GOAL * most else 0
        last = max([lines[-1].day, *days])
        return cls(petition.opens_on, last, max(most, near, 1))

    def x(self, day: datetime.date) -> float:
        """Return how far to the right a day is."""
        whole = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / whole, 0), 1)
        return LEFT + share * (RIGHT - LEFT)

    def spot(self, day: datetime.date, supporters: int) -> tuple[float, float]:
        """Return where a number on a day is drawn."""
        height = (BOTTOM - TOP) * supporters / self.highest
        return self.x(day), BOTTOM - height

    def goal_y(self, goal: int | None) -> int | None:
        """Return the height of the goal's line; None where it is not drawn."""
        if not goal or goal > self.highest:
            return None
        return round(self.spot(self.first, goal)[1])


def events_of(petition: Petition, hand_ins: list[HandIn]) -> list[Event]:
    """Return the day and name of each dated event so far, oldest first."""
    found: list[Event] = []
    for hand_in in hand_ins:
        found.append((hand_in.day, str(_("Handed in"))))
        replies = {reply.day for reply in hand_in.replies.all()}
        found += [(day, str(_("Council answered"))) for day in replies]
    if not petition.is_running and petition.closes_on <= timezone.now().date():
        found.append((petition.closes_on, str(_("Closed for signing"))))
    return sorted(set(found))


def placed(events: list[Event], scale: Scale) -> list[Mark]:
    """Return the events with their spots, their words in rows below each other."""
    marks = []
    for row, (day, name) in enumerate(events):
        x = round(scale.x(day))
        anchor = "start" if x < (LEFT + RIGHT) / 2 else "end"
        height = ROW - 3 + row % ROWS * ROW
        marks.append(Mark(day, name, x, height, anchor))
    return marks


def by_month(lines: list[Line]) -> list[Line]:
    """Return the last line of each month, for the table."""
    last = {(line.day.year, line.day.month): line for line in lines}
    return list(last.values())
