from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from news.models import Subscriber
from news.models.subscriber import index_of
from safety import ring


class Command(BaseCommand):
    help = (
        "Encrypt every subscriber's address under the newest key of SUBSCRIBER_KEYS; "
        "afterwards the older keys can be taken away. Harmless to repeat or break off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--index",
            action="store_true",
            help="also make the indexes anew, after INDEX_KEY was changed (slow)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all subscribers and say how many were changed, and how many
        no key opens; with any of those the command fails.
        """
        changed, unreadable = 0, 0
        keys = list(Subscriber.objects.order_by("pk").values_list("pk", flat=True))
        for key in tqdm(keys, desc="Rotating", disable=not sys.stderr.isatty()):
            try:
                changed += rotate(key, options["index"])
            except ring.Unreadable:
                unreadable += 1
        self.stdout.write(f"{changed} of {len(keys)} encrypted or indexed anew.")
        if unreadable:
            raise CommandError(f"No key of the ring opens {unreadable} of them.")


def rotate(key: Any, with_index: bool) -> bool:
    """Bring one subscriber up to date; False if there was nothing to do."""
    row = Subscriber.objects.filter(pk=key).first()
    if row is None or (ring.is_under_newest(row.email_encrypted) and not with_index):
        return False
    address = row.address()
    values: dict[str, Any] = {"email_encrypted": ring.encrypt(address)}
    if with_index:
        values["blind_index"] = index_of(address)
    return Subscriber.objects.filter(pk=key).update(**values) > 0
