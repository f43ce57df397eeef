"""Times as the clock on the town hall shows them."""

from __future__ import annotations

import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

UTC = datetime.UTC


@cache
def known_zones() -> set[str]:
    """Return the names of all zones; finding them reads thousands of files."""
    return available_timezones()


def check_time_zone(name: str) -> None:
    """Refuse a name that the time zone database does not have."""
    if name not in known_zones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write one such as Europe/London."),
            code="zone",
            params={"name": name},
        )


def in_zone(wall: datetime.datetime, name: str) -> datetime.datetime:
    """Return the moment at which a zone's clocks show this naive time, in UTC.

    Raises ValidationError for an hour that is skipped or comes twice when the
    clocks change.
    """
    zone = ZoneInfo(name)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    moment = first.astimezone(UTC)
    if first.utcoffset() != second.utcoffset():
        raise ValidationError(complaint(wall, on_the_wall(moment, name) == wall))
    return moment


def complaint(wall: datetime.datetime, comes_twice: bool) -> str:
    """Say what is wrong with an hour in which the clocks change."""
    values = {"time": f"{wall:%H:%M}"}
    if comes_twice:
        return (
            _(
                "%(time)s comes twice on this day, because the clocks go back. Choose "
                "a time before or after that hour."
            )
            % values
        )
    return (
        _(
            "%(time)s does not exist on this day, because the clocks go forward. "
            "Choose a time before or after that hour."
        )
        % values
    )


def on_the_wall(moment: datetime.datetime, name: str) -> datetime.datetime:
    """Return what a zone's clocks show at a moment, without the zone.

    Templates turn every time that has a zone into UTC, and leave these alone.
    """
    return moment.astimezone(ZoneInfo(name)).replace(tzinfo=None)
