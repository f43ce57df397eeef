"""Loads the joint action days of the past from `cities/data/joint_actions.csv`."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaign.models import JointAction
from cities.loading.files import BadRow, Row, read_rows
from cities.models import Place

FILE = Path(settings.BASE_DIR) / "cities" / "data" / "joint_actions.csv"


class Command(BaseCommand):
    help = "Load the joint action days; what organisers changed stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all days at one stroke, or say what is wrong and load nothing."""
        try:
            days = read_days(options["file"])
        except BadRow as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        with transaction.atomic():
            added = sum(add(day, places) for day, places in days.items())
        self.stdout.write(f"joint actions: {added} added, {len(days) - added} kept")


def read_days(path: Path) -> dict[datetime.date, list[Place]]:
    """Return who took part on each day; raise BadRow at the first bad line."""
    places = {place.slug: place for place in Place.objects.all()}
    days: dict[datetime.date, list[Place]] = defaultdict(list)
    for row in read_rows(path, "day place_slug"):
        if row["place_slug"] not in places:
            raise row.bad(f"there is no place {row['place_slug']!r}")
        days[day_of(row)].append(places[row["place_slug"]])
    return days


def day_of(row: Row) -> datetime.date:
    """Return the day of a line; raise BadRow when it is none."""
    try:
        return datetime.date.fromisoformat(row["day"])
    except ValueError:
        raise row.bad(f"{row['day']!r} is no day such as 2022-10-01") from None


def add(day: datetime.date, places: list[Place]) -> bool:
    """Store a day with its places unless it is there; tell whether it was new."""
    action, is_new = JointAction.objects.get_or_create(day=day)
    if is_new:
        action.places.set(places)
    return is_new
