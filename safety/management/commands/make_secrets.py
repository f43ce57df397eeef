"""Makes the secrets of a new site."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safety.secret_files import new_secrets, write_secrets


class Command(BaseCommand):
    help = "Make fresh secrets: one file each in a directory, or lines for .env."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory",
            nargs="?",
            type=Path,
            help="Where to write the files; without it the secrets are printed.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or print the secrets; existing files are never overwritten."""
        if options["directory"] is None:
            for name, value in new_secrets().items():
                self.stdout.write(f"{name}={value}")
            return
        try:
            paths = write_secrets(options["directory"])
        except OSError as error:
            raise CommandError(str(error)) from error
        for path in paths:
            self.stdout.write(f"{path.name}_FILE={path.resolve()}")
