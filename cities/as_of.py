"""The record as it stood on an earlier day, worked out from the history of each tie.

Nothing is stored: `standing_on` reads a tie's events. A date that is only known to the
year or month leaves the days within it open; an event without a date leaves every day
open until it came onto this record.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cities.models.twinning import StatusEvent, Twinning
    from cities.partial_dates import PartialDate

ACTIVE, UNKNOWN = "active", "unknown"
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Standing:
    """What is known of a tie on one day.

    `event` is what the status rests on; None where it is presumed from the year the
    tie was established, or not known. `history` is every event that had happened or
    may have; `sometime` are those that may have, if they leave the status open.
    `not_yet` says that the record has the tie begin after that day.
    """

    status: str
    confirmed: bool
    event: StatusEvent | None = None
    history: tuple[StatusEvent, ...] = ()
    sometime: tuple[StatusEvent, ...] = ()
    not_yet: bool = False


def asked_day(text: str) -> datetime.date | None:
    """Read the day somebody asks for; None for none.

    Raises ValidationError, worded in the reader's language, for what is no day and
    for a day that has not come yet.
    """
    text = text.strip()
    if not text:
        return None
    if not ISO_DAY.fullmatch(text):
        raise ValidationError(_("Write the day as 2020-04-15."), code="form")
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("There is no such day."), code="form") from None
    if day > timezone.now().date():
        raise ValidationError(_("This day has not come yet."), code="future")
    return day


def standing_on(tie: Twinning, day: datetime.date) -> Standing:
    """Return what is known of a tie on a day; its events must be loaded."""
    events = sorted(tie.events.all(), key=lambda event: event.order())
    if not events:  # No status without a source, on any day.
        return Standing(UNKNOWN, False)
    timed = list(zip(events, spans_of(events, tie.established), strict=True))
    happened = [event for event, (__, last) in timed if last <= day]
    sometime = [event for event, (first, last) in timed if first <= day < last]
    before = after(happened) if happened else standing_before(tie, day)
    history = (*happened, *sometime)
    if before.event and before.event.is_confirming:
        sometime = [event for event in sometime if event.is_confirming]
    if all(event.status == before.status for event in sometime):
        return replace(before, history=history)
    return Standing(UNKNOWN, False, history=history, sometime=tuple(sometime))


def after(happened: list[StatusEvent]) -> Standing:
    """Return what is known once these events have happened, in their order."""
    latest = weightier(happened)[-1]
    confirmed = latest.is_confirming and latest.status != UNKNOWN
    return Standing(latest.status, confirmed, latest)


def weightier(events: Iterable[StatusEvent]) -> list[StatusEvent]:
    """Keep what a council or the press says; a bare list's word if there is no other.

    Lists go on naming agreements long after their end.
    """
    found = list(events)
    return [event for event in found if event.is_confirming] or found


def standing_before(tie: Twinning, day: datetime.date) -> Standing:
    """Return what is presumed of a tie on a day before its first event."""
    established = tie.established
    if established and established.last_day <= day:
        return Standing(ACTIVE, False)
    not_yet = established is not None and day < established.first_day
    return Standing(UNKNOWN, False, not_yet=not_yet)


def spans_of(events: list[StatusEvent], established: PartialDate | None) -> list[Span]:
    """Return for each event, in order, the days between which it happened.

    An event cannot have happened after it was recorded, nor after the one that
    follows it, nor before the one that it follows; and one without a date not before
    the tie was established.
    """
    earliest = established.first_day if established else datetime.date.min
    firsts: list[datetime.date] = []
    lasts: list[datetime.date] = []
    for event in events:
        happened, known = event.happened, event.recorded_on
        first = happened.first_day if happened else earliest
        last = happened.last_day if happened else known
        firsts.append(max([first, *firsts[-1:]]))
        lasts.append(min(last, max(known, first)))
    for index in range(len(lasts) - 2, -1, -1):
        lasts[index] = min(lasts[index], lasts[index + 1])
    return [(min(first, last), last) for first, last in zip(firsts, lasts, strict=True)]


def put_back(ties: Iterable[Twinning], day: datetime.date) -> list[Twinning]:
    """Give each tie the status it had on a day, for showing; never save them."""
    found = list(ties)
    for tie in found:
        standing = standing_on(tie, day)
        tie.status, tie.confirmed = standing.status, standing.confirmed
        tie.standing = standing
    return found


def beginning_of(ties: Iterable[Twinning]) -> datetime.date | None:
    """Return the earliest day that anything on record can mean; None for nothing."""
    dates = [
        date
        for tie in ties
        for date in (tie.established, *(event.happened for event in tie.events.all()))
        if date
    ]
    return min((date.first_day for date in dates), default=None)
