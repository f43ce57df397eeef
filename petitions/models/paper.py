from __future__ import annotations

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from petitions.models.petition import Petition
from petitions.models.tally import DailyTally

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_sheet_code() -> str:
    """Return six letters and digits that cannot be misread on paper."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


class PaperSheet(models.Model):
    """A printed petition sheet; its code tells which stall or poster it came from."""

    code = models.CharField(
        _("code"), max_length=8, unique=True, default=new_sheet_code, editable=False
    )
    petition = models.ForeignKey(
        "petitions.Petition",
        models.CASCADE,
        related_name="sheets",
        verbose_name=_("petition"),
    )
    occasion = models.CharField(_("stall or occasion"), max_length=120, blank=True)
    printed_on = models.DateField(_("printed on"))
    scans = models.PositiveIntegerField(_("scans"), default=0, editable=False)

    class Meta:
        verbose_name = _("paper sheet")
        verbose_name_plural = _("paper sheets")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("petitions:sheet-of", args=[self.petition.slug, self.code])


class PaperBatch(models.Model):
    """A pile of paper lines: counted by one person, checked by another.

    Lines are counted, never typed in: the names stay on the paper. A batch counts
    once a second person has checked it.
    """

    class State(models.TextChoices):
        ENTERED = "entered", _("entered")
        CHECKED = "checked", _("checked")
        HANDED_IN = "handed_in", _("handed in")
        DESTROYED = "destroyed", _("destroyed")

    petition = models.ForeignKey(
        "petitions.Petition",
        models.PROTECT,
        related_name="paper_batches",
        verbose_name=_("petition"),
    )
    collected_on = models.DateField(_("collected on"))
    occasion = models.CharField(_("stall or occasion"), max_length=120, blank=True)
    sheets = models.PositiveIntegerField(_("number of sheets"), default=1)
    lines = models.PositiveIntegerField(_("lines"))
    struck_out = models.PositiveIntegerField(_("of these struck out"), default=0)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.ENTERED, editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    destroyed_on = models.DateField(_("destroyed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper batch")
        verbose_name_plural = _("paper batches")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(struck_out__lte=models.F("lines")),
                name="paper_struck_out_within_lines",
            ),
            models.CheckConstraint(
                condition=models.Q(state="entered")
                | (
                    models.Q(checked_by__isnull=False)
                    & ~models.Q(checked_by=models.F("entered_by"))
                ),
                name="paper_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition} {self.collected_on}: {self.lines}"

    def check_by(self, organiser: Any, day: datetime.date) -> bool:
        """Count the batch because a second person has checked it; else return False."""
        if self.state != self.State.ENTERED or organiser.pk == self.entered_by_id:
            return False
        with transaction.atomic():
            fresh = PaperBatch.objects.filter(pk=self.pk, state=self.State.ENTERED)
            if not fresh.update(state=self.State.CHECKED, checked_by=organiser):
                return False
            Petition.objects.filter(pk=self.petition_id).update(
                paper=models.F("paper") + self.valid_lines
            )
            DailyTally.add(self.petition_id, day, paper=self.valid_lines)
        return True

    @property
    def valid_lines(self) -> int:
        """The lines left after striking out."""
        return self.lines - self.struck_out
