"""Checks the audit trail."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safety import audit


class Command(BaseCommand):
    help = "Check that no audit event was changed or removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", help="A hash noted earlier; it must still be part of the chain."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many events are whole and what the head is, or fail."""
        try:
            count = audit.verify_chain(options["head"])
        except audit.ChainBroken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} events, unbroken. Head: {audit.head()[1]}")
