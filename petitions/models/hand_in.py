from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from petitions.models.area_count import FEWEST
from petitions.models.petition import Petition


class HandIn(models.Model):
    """A petition given to its council, with the numbers as they stood that day."""

    class Way(models.TextChoices):
        MEETING = "meeting", _("at a meeting")
        OFFICE = "office", _("at the council's office")
        EMAIL = "email", _("by e-mail")
        POST = "post", _("by post")

    petition = models.ForeignKey(
        "petitions.Petition",
        models.PROTECT,
        related_name="hand_ins",
        verbose_name=_("petition"),
    )
    day = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=7, choices=Way)
    supporters = models.PositiveIntegerField(
        _("supporters then"), default=0, editable=False
    )
    council_valid = models.PositiveIntegerField(
        _("valid for the council then"), default=0, editable=False
    )
    paper = models.PositiveIntegerField(_("on paper then"), default=0, editable=False)
    pack_sha256 = models.CharField(_("digest of the pack"), max_length=64, blank=True)
    reply_due_on = models.DateField(_("reply due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("hand-in")
        verbose_name_plural = _("hand-ins")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.petition} {self.day}"

    @property
    def valid_told(self) -> int | None:
        """How many were valid, as it may be told; None where fewer than ten were."""
        return self.council_valid if self.council_valid >= FEWEST else None

    def clean(self) -> None:
        """Refuse a hand-in while signers can still confirm what they gave."""
        petition = Petition.objects.filter(pk=self.petition_id).first()
        if self._state.adding and petition and petition.accepts_confirmations:
            raise ValidationError(
                _("Close the petition first; people can confirm for three days after.")
            )

    def record(self) -> None:
        """Save with the numbers as they stand, and move the petition on."""
        petition = self.petition
        self.supporters = petition.supporters
        self.council_valid = petition.council_valid
        self.paper = petition.paper
        with transaction.atomic():
            self.save()
            petition.hand_in(self.day)


class CouncilReply(models.Model):
    """What the council answered, in its own words and with its source."""

    class Outcome(models.TextChoices):
        WON = "won", _("agreed")
        PARTLY = "partly", _("agreed in part")
        REFUSED = "refused", _("refused")

    hand_in = models.ForeignKey(
        HandIn,
        models.CASCADE,
        related_name="replies",
        verbose_name=_("hand-in"),
    )
    day = models.DateField(_("day"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    words = models.TextField(_("the council's words"))
    source = models.URLField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("council reply")
        verbose_name_plural = _("council replies")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.hand_in}: {self.get_outcome_display()}"

    def settle(self) -> None:
        """Move the petition to what the council's answer makes of it."""
        states = Petition.State
        moves = {
            self.Outcome.WON: states.WON,
            self.Outcome.PARTLY: states.ANSWERED,
            self.Outcome.REFUSED: states.REFUSED,
        }
        petition = self.hand_in.petition
        petition.state = moves[self.Outcome(self.outcome)]
        petition.save(update_fields=["state"])
