"""How long anything about a signer is kept. Every date here is printed on the site."""

from __future__ import annotations

import calendar
import datetime

# An unconfirmed signature goes on this UTC day after the first mail was sent.
UNCONFIRMED_DAYS = 3
# A link confirms for this long; the address behind it is gone within four days.
LINK_LIFE = datetime.timedelta(hours=72)
# A closed petition still takes confirmations of what was signed before.
CONFIRM_AFTER_CLOSING = datetime.timedelta(days=3)
AFTER_HAND_IN_DAYS = 30
AFTER_CLOSING_MONTHS = 6
AFTER_OPENING_MONTHS = 18
OPEN_MONTHS = 12


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day `months` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def deletion_day(
    opens_on: datetime.date,
    closes_on: datetime.date,
    handed_in_on: datetime.date | None,
) -> datetime.date:
    """Return the day by which sealed records and the index are deleted.

    The earliest of 30 days after hand-in, 6 months after closing and 18 months
    after opening.
    """
    days = [
        months_after(opens_on, AFTER_OPENING_MONTHS),
        months_after(closes_on, AFTER_CLOSING_MONTHS),
    ]
    if handed_in_on:
        days.append(handed_in_on + datetime.timedelta(days=AFTER_HAND_IN_DAYS))
    return min(days)
