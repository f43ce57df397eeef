from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from petitions.counting import differences


class Command(BaseCommand):
    help = "Count all signatures again and compare with the counters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fix", action="store_true", help="set wrong counters right"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fail when a counter disagrees with the rows, unless it was set right."""
        found = differences(fix=options["fix"])
        for wrong in found:
            figures = f"is {wrong.stored}, counted {wrong.counted}"
            self.stdout.write(f"{wrong.slug}: {wrong.counter} {figures}")
        if found and not options["fix"]:
            raise CommandError(f"{len(found)} counters disagree with the rows.")
        self.stdout.write("All counters agree." if not found else "Counters set right.")
