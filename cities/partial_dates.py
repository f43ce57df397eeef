"""Dates of which only the year, or the year and month, may be known.

Stored as ISO text (`2020`, `2020-03` or `2020-03-14`; empty when unknown), so that
nothing ever pretends to a precision that its source does not have.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext


@dataclass(frozen=True, order=True)
class PartialDate:
    """A calendar date known to the day, the month or the year."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """Read ISO text; return None for empty text, raise ValueError for nonsense."""
        if not text:
            return None
        parts = text.split("-")
        if len(parts) > 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
            raise ValueError(text)
        numbers = [int(part) for part in parts]
        found = cls(*numbers)
        found.first_day, found.last_day  # noqa: B018 - raises for an impossible date
        return found

    @property
    def first_day(self) -> datetime.date:
        """The earliest day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day it can mean."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, day)

    def __str__(self) -> str:
        """Say it in the reader's language: “2 November 2022”, “2020年”."""
        if self.day:
            return date_format(self.first_day, "DATE_FORMAT")
        if self.month:
            return date_format(self.first_day, "YEAR_MONTH_FORMAT")
        return pgettext("a year alone, as a date", "%(year)s") % {"year": self.year}


def validate_partial_date(text: str) -> None:
    """Refuse text that is not an ISO date, month or year."""
    try:
        PartialDate.parse(text)
    except ValueError:
        raise ValidationError(
            _("Write a date as 2020, 2020-03 or 2020-03-14."), code="partial_date"
        ) from None


HELP = gettext_lazy("As exactly as the source says: 2020, 2020-03 or 2020-03-14.")
