from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from tqdm import tqdm

from cities.loading import BadRow, plan_record, save_plan


class Command(BaseCommand):
    help = "Load the record of places, councils, twinnings and their history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=Path(settings.BASE_DIR) / "cities" / "data",
            help="where the CSV files are",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace what organisers have edited, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all files at one stroke, or say what is wrong and load nothing."""
        try:
            with override("en"):
                plan = plan_record(options["folder"])
                shown = tqdm(
                    plan,
                    desc="Loading the record",
                    unit=" rows",
                    disable=not sys.stderr.isatty(),
                )
                counts = save_plan(shown, overwrite=options["overwrite"])
        except BadRow as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        for model, count in counts.items():
            self.stdout.write(
                f"{model._meta.model_name}: {count.added} added, "
                f"{count.changed} changed, {count.unchanged} unchanged, "
                f"{count.kept} kept as organisers edited them"
            )
