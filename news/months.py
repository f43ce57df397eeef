"""A month as a part of an address: `2026/11`."""

from __future__ import annotations

import datetime


class MonthConverter:
    """Reads and writes a month as its first day; what is no month is not found."""

    regex = r"[0-9]{4}/(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> datetime.date:
        """Return the first day; ValueError for the year 0, which no calendar has."""
        return datetime.datetime.strptime(f"{value}/01", "%Y/%m/%d").date()

    def to_url(self, month: datetime.date) -> str:
        """Write year and month, each in full."""
        return f"{month.year:04}/{month.month:02}"
