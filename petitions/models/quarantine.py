from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.models.signature import Signature


class QuarantineRun(models.Model):
    """Signatures to be set aside together: by which criteria, by whom, how far."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("preview: nothing done yet")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    petition = models.ForeignKey(
        "petitions.Petition",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("petition"),
    )
    received_from = models.DateField(_("signed from"), null=True, blank=True)
    received_to = models.DateField(_("signed until"), null=True, blank=True)
    confirmed_from = models.DateField(_("confirmed from"), null=True, blank=True)
    confirmed_to = models.DateField(_("confirmed until"), null=True, blank=True)
    area = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    audience = models.CharField(
        _("name for"), max_length=7, choices=Signature.Audience, blank=True
    )
    uuids = models.TextField(
        _("from the key holder's tool"),
        blank=True,
        help_text=_("One per line, as the tool wrote them out. Nothing else."),
    )
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("Never name a signer here.")
    )
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=State,
        default=State.PREVIEW,
        editable=False,
    )
    counted = models.PositiveIntegerField(_("matched"), default=0, editable=False)
    applied = models.PositiveIntegerField(_("set aside"), default=0, editable=False)
    undone = models.PositiveIntegerField(_("undone"), default=0, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    made_on = models.DateField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("quarantine run")
        verbose_name_plural = _("quarantine runs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"

    def clean(self) -> None:
        """Refuse a run that would match everything, and what is no uuid."""
        names = ("petition", "received_from", "confirmed_from", "area", "uuids")
        if not any(getattr(self, name) for name in names):
            raise ValidationError(
                _("Choose at least a petition, a first day, an area or a list.")
            )
        try:
            self.keys()
        except ValueError as error:
            message = _("A line of this list is no uuid.")
            raise ValidationError({"uuids": message}) from error

    def keys(self) -> list[uuid.UUID]:
        """Return the listed uuids; raises ValueError for anything else."""
        return [uuid.UUID(line) for line in self.uuids.split()]

    def criteria(self) -> dict[str, Any]:
        """Return the criteria as a filter of signatures."""
        given = {
            "petition": self.petition,
            "received_on__gte": self.received_from,
            "received_on__lte": self.received_to,
            "confirmed_on__gte": self.confirmed_from,
            "confirmed_on__lte": self.confirmed_to,
            "area": self.area,
            "audience": self.audience,
            "pk__in": self.keys(),
        }
        return {name: value for name, value in given.items() if value}


class HeldSignature(models.Model):
    """A signature that a run has set aside, so that the run can be undone exactly.

    It knows a uuid and no more, and stays when the signer withdraws.
    """

    run = models.ForeignKey(QuarantineRun, models.CASCADE, related_name="held")
    signature = models.UUIDField()

    class Meta:
        verbose_name = _("held signature")
        verbose_name_plural = _("held signatures")
        constraints = [
            models.UniqueConstraint(fields=["run", "signature"], name="held_once_a_run")
        ]

    def __str__(self) -> str:
        return str(self.signature)
