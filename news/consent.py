"""For how long a yes to news by mail holds, and to which words it was given."""

from __future__ import annotations

import datetime

# Which text was agreed to. Change it with the text, wherever that stands.
CONSENT_VERSION = "2026-11"
YEARS = 2
# So long before the end one mail asks whether news is still wanted.
ASKED_BEFORE = datetime.timedelta(days=30)
# What nobody confirmed goes on this UTC day after the mail, as with a signature.
UNCONFIRMED_DAYS = 3
LINK_LIFE = datetime.timedelta(hours=72)
# An address that the relay refuses for good so often in a row is deleted.
MOST_REFUSALS = 3


def ends_on(consented_on: datetime.date) -> datetime.date:
    """Return the day, 24 months later, on which the address is deleted."""
    return _years_from(consented_on, YEARS)


def last_lapsed(day: datetime.date) -> datetime.date:
    """Return the latest day of consent that no longer holds on `day`."""
    return _years_from(day, -YEARS)


def _years_from(day: datetime.date, years: int) -> datetime.date:
    """Move by whole years; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
