"""Dates of which only the year, or the year and month, may be known.

Stored as ISO text (`2020`, `2020-03` or `2020-03-14`; empty when unknown), so that
nothing ever pretends to a precision that its source does not have.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

# Plain digits only: Python would also read full-width ones, signs and underscores.
ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


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
        parts = ISO.fullmatch(text)
        if parts is None:
            raise ValueError(text)
        found = cls(*(int(part) for part in parts.groups() if part))
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
    """Refuse text that is no ISO date, month or year, or not in the calendar."""
    try:
        PartialDate.parse(text)
    except ValueError:
        said = _("Write a date as 2020, 2020-03 or 2020-03-14.")
        if ISO.fullmatch(text):
            said = _("There is no such day.")
        raise ValidationError(said, code="partial_date") from None


HELP = gettext_lazy("As exactly as the source says: 2020, 2020-03 or 2020-03-14.")
