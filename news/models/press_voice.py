from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SpokespersonQuerySet(models.QuerySet["Spokesperson"]):
    def approved(self) -> SpokespersonQuerySet:
        """Keep those who agreed to be named, in their order."""
        today = timezone.now().date()
        return self.filter(agreed_on__lte=today).order_by("position", "pk")


class Spokesperson(models.Model):
    """Somebody who speaks for the campaign; public only from the day they agreed."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=150)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    agreed_on = models.DateField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which they said so themselves. Empty: not shown, and none of "
            "their quotes either. A name in public can put a family in danger."
        ),
    )

    objects = SpokespersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespeople")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class QuoteQuerySet(models.QuerySet["Quote"]):
    def approved(self) -> QuoteQuerySet:
        """Keep what may be printed: words and name both agreed to; newest first."""
        today = timezone.now().date()
        return (
            self.filter(approved_on__lte=today, speaker__agreed_on__lte=today)
            .select_related("speaker")
            .order_by("-approved_on", "-pk")
        )


class Quote(models.Model):
    """Words that a spokesperson has seen as they stand here and agreed to."""

    speaker = models.ForeignKey(
        Spokesperson,
        models.CASCADE,
        related_name="quotes",
        verbose_name=_("spokesperson"),
    )
    words = models.TextField(_("words"), max_length=600)
    approved_on = models.DateField(
        _("approved on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which the speaker approved these words in every language that "
            "is filled in. Empty: not shown. Change the words, and ask again."
        ),
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-approved_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.speaker}: {(self.words or '')[:40]}"
