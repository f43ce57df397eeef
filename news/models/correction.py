from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def of_errors(self) -> CorrectionQuerySet:
        """Keep what was wrong; leave out what was only added."""
        return self.filter(kind=Correction.Kind.ERROR)


class Correction(models.Model):
    """A public, dated note on an article: what was wrong in it, or what is new."""

    class Kind(models.TextChoices):
        ERROR = "error", _("something was wrong")
        UPDATE = "update", pgettext_lazy("kind of a note", "something is new")

    article = models.ForeignKey(
        "news.Article",
        models.CASCADE,
        related_name="corrections",
        verbose_name=_("article"),
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.ERROR)
    day = models.DateField(_("day"))
    what = models.TextField(_("what was corrected or added"))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction or update")
        verbose_name_plural = _("corrections and updates")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.article} {self.day}"

    @property
    def is_update(self) -> bool:
        """Tell whether something was added and nothing was wrong."""
        return self.kind == self.Kind.UPDATE
