from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """A public note of what was wrong in an article, and since when it is right."""

    article = models.ForeignKey(
        "news.Article",
        models.CASCADE,
        related_name="corrections",
        verbose_name=_("article"),
    )
    day = models.DateField(_("day"))
    what = models.TextField(_("what was corrected"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.article} {self.day}"
