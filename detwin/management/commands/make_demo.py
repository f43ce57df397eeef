"""Makes what a development site needs: an organiser, two keys, a few events."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaign.demo import make_demo_campaign
from safety.key_pairs import PublicKey
from safety.models import RecipientKey

USERNAME = "demo"
# The file of each key, whose it is said to be, and whether it is the escrow key.
KEYS = (
    ("holder", "Demo key holder", False),
    ("escrow", "Demo escrow", True),
)


class Command(BaseCommand):
    help = "Make a demo organiser, two demo keys and events. For development only."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing; say where the password and the keys are."""
        if not settings.DEBUG:
            raise CommandError("make_demo is for development; DEBUG is off here.")
        password = settings.VAR_DIR / "demo-organiser.txt"
        keys = settings.VAR_DIR / "demo-keys"
        make_organiser(password)
        with transaction.atomic():
            make_keys(keys)
            make_demo_campaign()
        self.stdout.write(f"Organiser “{USERNAME}”: the password is in {password}")
        self.stdout.write(f"Private keys for tools/desk.py: {keys}")


def make_organiser(path: Path) -> None:
    """Make the account unless it and the file with its password are there."""
    users = get_user_model()._default_manager
    if path.exists() and users.filter(username=USERNAME).exists():
        return
    password = secrets.token_urlsafe(15)
    organiser, _ = users.get_or_create(username=USERNAME)
    organiser.is_staff = organiser.is_superuser = True
    organiser.set_password(password)
    organiser.save()
    write_private(path, f"{password}\n")


def make_keys(folder: Path) -> None:
    """Store the public part of each key file, making files that are missing."""
    passphrase = folder / "passphrase.txt"
    if not passphrase.exists():
        write_private(passphrase, f"{secrets.token_urlsafe(15)}\n")
    present = []
    for name, holder, is_escrow in KEYS:
        path = folder / f"{name}.key"
        if not path.exists():
            generate(path, passphrase)
        key = PublicKey.from_text(json.loads(path.read_text("utf-8"))["public"])
        present.append(key.key_id.hex())
        if not RecipientKey.objects.filter(key_id=present[-1]).exists():
            RecipientKey.objects.add(key, holder, is_escrow=is_escrow, is_demo=True)
    # Nobody could open what is sealed to a demo key whose file is lost.
    lost = RecipientKey.objects.filter(is_demo=True).exclude(key_id__in=present)
    lost.update(active=False)


def generate(path: Path, passphrase: Path) -> None:
    """Make a key file with the key holders' own tool."""
    tool = Path(settings.BASE_DIR) / "tools" / "desk.py"
    command = [sys.executable, str(tool), "keygen", "--out", str(path)]
    command += ["--passphrase-file", str(passphrase)]
    # Its output shows the key's words, which belong on paper only.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, replacing an older one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
