from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from petitions.purging import purge


class Command(BaseCommand):
    help = "Delete what was promised to be deleted by today; harmless to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, and say how much of what."""
        for what, number in purge().items():
            self.stdout.write(f"{what}: {number}")
