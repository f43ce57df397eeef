"""Makes an organiser's account on the server's console, or lets one back in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cities.models import Place
from safety.audit import record
from safety.models import Organiser
from safety.organisers import enrolment
from safety.organisers.places import ROLE
from safety.organisers.roles import ROLES

ACTOR = "console"


class Command(BaseCommand):
    help = "Make an organiser's account and print a link to add the first passkey."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the organiser is called at the desk")
        parser.add_argument("email", help="the organiser's e-mail address")
        parser.add_argument(
            "--role",
            action="append",
            choices=sorted(ROLES),
            default=[],
            help="may be given several times; an Administrator changes roles later",
        )
        parser.add_argument(
            "--place",
            action="append",
            default=[],
            help="slug of a place that a City organiser is for; may be repeated",
        )
        parser.add_argument(
            "--every-place",
            action="store_true",
            help="the City organiser is for every place",
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="forget an organiser's passkeys and codes, and print a new link",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the account and the audit trail together, then print."""
        name, email, roles = options["name"], options["email"], options["role"]
        with transaction.atomic():
            link = reset(name, email) if options["reset"] else add(name, email, roles)
            if not options["reset"]:
                give_places(name, options["place"], options["every_place"])
        if not (roles or options["reset"]):
            self.stdout.write("Without a role (--role) the desk stays empty for them.")
        if ROLE in roles and not (options["place"] or options["every_place"]):
            self.stdout.write("Without a place (--place) a City organiser has no rows.")
        self.stdout.write(f"Open once, within 24 hours: {link}")
        self.stdout.write("Hand it over in person or by a channel that you trust.")


def add(name: str, email: str, roles: list[str]) -> str:
    """Store a new account and return its link; CommandError when it cannot be."""
    model: Any = get_user_model()
    organiser: AbstractUser = model(
        username=model.normalize_username(name),
        email=model.objects.normalize_email(email),
        is_staff=True,
    )
    organiser.set_unusable_password()
    try:
        organiser.full_clean()
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    organiser.save()
    organiser.groups.set(Group.objects.filter(name__in=roles))
    record(ACTOR, "organiser added", organiser.username, ", ".join(sorted(roles)))
    return enrolment.make_link(organiser)


def give_places(name: str, slugs: list[str], every: bool) -> None:
    """Say for which places a City organiser is; CommandError for an unknown one."""
    model: Any = get_user_model()
    user = model.objects.get(username=model.normalize_username(name))
    places = Place.objects.outside_china().filter(slug__in=slugs)
    if unknown := set(slugs) - {place.slug for place in places}:
        raise CommandError(f"There is no place {', '.join(sorted(unknown))}.")
    row = Organiser.objects.of(user)
    row.every_place = every
    row.save(update_fields=["every_place"])
    row.places.set(places)
    if every or slugs:
        told = "all" if every else ", ".join(sorted(slugs))
        record(ACTOR, "organiser's places given", user.get_username(), told)


def reset(name: str, email: str) -> str:
    """Let an organiser start anew; both name and address must agree."""
    model: Any = get_user_model()
    found: AbstractUser | None = model.objects.filter(
        username=model.normalize_username(name), email__iexact=email
    ).first()
    if found is None:
        raise CommandError(f"There is no organiser {name!r} with that address.")
    return enrolment.reset(found, ACTOR)
