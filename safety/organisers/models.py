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
    """The desk's language, live session and unused enrolment link of one account."""

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
    session_key = models.CharField(max_length=40, blank=True, editable=False)
    link_nonce = models.CharField(max_length=32, blank=True, editable=False)

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return str(self.user)

    def renew_link(self) -> str:
        """Let one new enrolment link work and return its nonce; older ones die."""
        self.link_nonce = secrets.token_urlsafe(16)
        self.save(update_fields=["link_nonce"])
        return self.link_nonce

    def spend_link(self, nonce: str) -> bool:
        """Use the link up; False when it was used or replaced before."""
        unused = Organiser.objects.filter(pk=self.pk, link_nonce=nonce or None)
        return unused.update(link_nonce="") == 1
