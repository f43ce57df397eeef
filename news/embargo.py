"""When an embargo ends, on the clocks of the countries whose press writes about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CLOCKS = {
    "Europe/London": _("London"),
    "Europe/Berlin": _("Berlin and Stockholm"),
    "America/New_York": _("New York and Toronto"),
    "America/Los_Angeles": _("Los Angeles and Vancouver"),
    "Asia/Hong_Kong": _("Hong Kong and Taipei"),
    "Asia/Tokyo": _("Tokyo"),
    "Australia/Sydney": _("Sydney"),
    "Pacific/Auckland": _("Auckland"),
}


@dataclass(frozen=True)
class Clock:
    """What the clocks of some cities show at a moment.

    The time carries no zone, because templates turn every time that has one into UTC.
    """

    cities: str | Promise
    time: datetime
    zone: str


def clocks(moment: datetime) -> list[Clock]:
    """Return a moment on each of the clocks; they differ in the day as well."""
    found = []
    for name, cities in CLOCKS.items():
        there = moment.astimezone(ZoneInfo(name))
        found.append(Clock(cities, there.replace(tzinfo=None), offset_of(there)))
    return found


def offset_of(there: datetime) -> str:
    """Write how far a clock is from UTC: `UTC+9`, `UTC−3:30`, `UTC`."""
    sign, hours, minutes = f"{there:%z}"[0], f"{there:%z}"[1:3], f"{there:%z}"[3:]
    size = hours.lstrip("0") + (f":{minutes}" if int(minutes) else "")
    return f"UTC{'−' if sign == '-' else '+'}{size}" if size else "UTC"
