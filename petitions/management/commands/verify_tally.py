from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from petitions import chain
from petitions.models import DailyTally, Petition


class Command(BaseCommand):
    help = "Check the chain of published daily figures, also against mailed lists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "lists", nargs="*", type=Path, help="tally-heads-….csv files from the mails"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fail when a check number does not fit, or a mailed one is gone."""
        found = [
            f"{petition.slug}: the check number of {day} does not fit"
            for petition in Petition.objects.order_by("slug")
            if (day := chain.broken_on(petition))
        ]
        for path in options["lists"]:
            found += missing_from(path)
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} check numbers do not fit.")
        self.stdout.write("All check numbers fit.")
        self.stdout.write(f"Head: {chain.head_of(chain.heads_file())}")


def missing_from(path: Path) -> list[str]:
    """Return what a mailed list names and the database no longer has."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tally = DailyTally.objects.filter(
                petition__slug=row["petition"], day=row["last_day"], hash=row["check"]
            )
            if not tally.exists():
                where = f"{row['petition']}: the check number of {row['last_day']}"
                found.append(f"{where} is not the one in {path.name}")
    return found
