"""Makes a restored backup forget who has withdrawn since it was made."""

from __future__ import annotations

import sys
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from petitions.settling import withdraw


class Command(BaseCommand):
    help = "Withdraw every signature named in a withdrawn.txt; harmless to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="withdrawn.txt, kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Withdraw what is still there, and say how much that was."""
        # Read whole first: each withdrawal is noted at the end of such a file again.
        keys = list(dict.fromkeys(read_keys(options["file"])))
        shown = tqdm(keys, desc="Withdrawing", disable=not sys.stderr.isatty())
        found = sum(withdraw(key) for key in shown)
        self.stdout.write(f"{found} withdrawn, {len(keys) - found} were gone already.")


def read_keys(path: Path) -> list[uuid.UUID]:
    """Return the signatures that a file names, one a line; raises CommandError."""
    try:
        return [uuid.UUID(line) for line in path.read_text("ascii").split()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from None
