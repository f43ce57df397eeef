from __future__ import annotations

import base64
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from petitions.models import Petition
from safety.audit import record
from safety.models import RecipientKey


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
        known = list(RecipientKey.objects.values_list("key_id", flat=True))
        head = {
            "format": "detwin-export-1",
            "petition": petition.slug,
            "known_keys": known,
        }
        rows = petition.signatures.confirmed().exclude(sealed=None).order_by("pk")
        with options["out"].open("w", encoding="utf-8") as file:
            file.write(json.dumps(head) + "\n")
            for row in rows.iterator():
                line = {
                    "uuid": str(row.pk),
                    "petition": petition.slug,
                    "context": petition.context,
                    "sealed": base64.b64encode(bytes(row.sealed or b"")).decode(),
                }
                file.write(json.dumps(line) + "\n")
        self.stdout.write(f"{rows.count()} sealed records written.")
