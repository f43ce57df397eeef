"""Keeps the translation catalogs: `make catalogs`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from detwin import catalogs


class Command(BaseCommand):
    help = "Bring the translation catalogs in step with the source and compile them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="change nothing, judge")
        only.add_argument("--compile", action="store_true", help="only compile")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update and compile, or only judge, or only compile."""
        if options["check"]:
            self.judge()
            return
        if not options["compile"]:
            for locale, count in catalogs.update().items():
                self.stdout.write(f"{locale}: {count} not translated")
        catalogs.compile_all()

    def judge(self) -> None:
        """Fail with every problem listed."""
        if found := catalogs.problems():
            raise CommandError("\n".join(found))
        self.stdout.write("The catalogs are complete and in step with the source.")
