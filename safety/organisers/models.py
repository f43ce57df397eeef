"""What is known of an organiser beside the account."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganiserQuerySet(models.QuerySet["Organiser"]):
    """Organisers; each account has one row, made when it is first needed."""

    def of(self, user: Any) -> Organiser:
        """Return the row of an account."""
        return self.get_or_create(user=user)[0]


class Organiser(models.Model):
    """An account's language, live session, unused enrolment link, and places."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="organiser",
        verbose_name=_("account"),
    )
    language = models.CharField(
        _("language of the desk"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
    )
    every_place = models.BooleanField(
        _("City organiser of every place"),
        default=False,
        help_text=_("Also of what belongs to no place, such as a worldwide petition."),
    )
    places = models.ManyToManyField(
        "cities.Place",
        blank=True,
        related_name="+",
        verbose_name=_("City organiser of these places"),
        limit_choices_to=~models.Q(country="CN"),
    )
    session_key = models.CharField(max_length=40, blank=True, editable=False)
    link_nonce = models.CharField(max_length=32, blank=True, editable=False)

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return str(self.user)

    def place_keys(self) -> list[int]:
        """Return the keys of the places that the city role is for."""
        return list(
            self.places.through.objects.filter(organiser=self).values_list(
                "place", flat=True
            )
        )

    def renew_link(self) -> str:
        """Let one new enrolment link work and return its nonce; older ones die."""
        self.link_nonce = secrets.token_urlsafe(16)
        self.save(update_fields=["link_nonce"])
        return self.link_nonce

    def spend_link(self, nonce: str) -> bool:
        """Use the link up; False when it was used or replaced before."""
        unused = Organiser.objects.filter(pk=self.pk, link_nonce=nonce or None)
        return unused.update(link_nonce="") == 1
