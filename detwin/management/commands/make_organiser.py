"""Makes an organiser's account on the server's console, or lets one back in."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from safety.audit import record

ACTOR = "console"


class Command(BaseCommand):
    help = "Make an organiser's account and print a password to be changed at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the organiser types to log in")
        parser.add_argument("email", help="the organiser's e-mail address")
        parser.add_argument(
            "--reset",
            action="store_true",
            help="give an organiser who is there already a new password",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the account and the audit trail together, then print."""
        password = secrets.token_urlsafe(18)
        change = reset if options["reset"] else add
        with transaction.atomic():
            organiser = change(options["name"], options["email"])
            organiser.set_password(password)
            organiser.save()
        address = f"{settings.SITE_URL}/{settings.DESK_PATH}"
        self.stdout.write(f"Desk:     {address}/")
        self.stdout.write(f"Name:     {organiser.username}")
        self.stdout.write(f"Password: {password}")
        self.stdout.write(f"Change it at once: {address}/password_change/")


def add(name: str, email: str) -> AbstractUser:
    """Return a new account, not saved yet; CommandError when it cannot be made."""
    model: Any = get_user_model()
    # Roles do not exist yet, so an organiser may do everything at the desk.
    organiser: AbstractUser = model(
        username=model.normalize_username(name),
        email=model.objects.normalize_email(email),
        is_staff=True,
        is_superuser=True,
    )
    organiser.set_unusable_password()
    try:
        organiser.full_clean()
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    record(ACTOR, "organiser added", organiser.username)
    return organiser


def reset(name: str, email: str) -> AbstractUser:
    """Return the account to be let in again; both name and address must agree."""
    model: Any = get_user_model()
    found: AbstractUser | None = model.objects.filter(
        username=model.normalize_username(name), email__iexact=email
    ).first()
    if found is None:
        raise CommandError(f"There is no organiser {name!r} with that address.")
    found.is_active = True
    record(ACTOR, "organiser reset", found.username)
    return found
