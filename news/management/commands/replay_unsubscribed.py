"""Makes a restored backup forget who has unsubscribed since it was made."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.models import Subscriber


class Command(BaseCommand):
    help = "Delete every subscriber named in an unsubscribed.txt; harmless to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="unsubscribed.txt, kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete what is there again, and say how much that was."""
        keys = list(dict.fromkeys(read_keys(options["file"])))
        found = list(Subscriber.objects.filter(pk__in=keys))
        for subscriber in found:
            subscriber.stop()
        gone = len(keys) - len(found)
        self.stdout.write(f"{len(found)} deleted, {gone} were gone already.")


def read_keys(path: Path) -> list[uuid.UUID]:
    """Return the subscribers that a file names, one a line; raises CommandError."""
    try:
        return [uuid.UUID(line) for line in path.read_text("ascii").split()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from None
