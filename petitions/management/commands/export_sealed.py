from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from petitions.models import Petition
from petitions.sealed_lines import sealed_lines, sealed_rows
from safety.audit import record


class Command(BaseCommand):
    help = "Write a petition's sealed records to a file for a key holder's laptop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--reason", required=True, help="kept in the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write ciphertext only; nothing in the file names anybody."""
        petition = Petition.objects.filter(slug=options["slug"]).first()
        if petition is None:
            raise CommandError(f"There is no petition {options['slug']!r}.")
        record("console", "export", petition.slug, options["reason"])
        with options["out"].open("w", encoding="utf-8") as file:
            file.writelines(sealed_lines(petition))
        self.stdout.write(f"{sealed_rows(petition).count()} sealed records written.")
