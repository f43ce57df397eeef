from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NightlyCheck(models.Model):
    """What was found when a day had closed: the chain's head, and what disagrees."""

    day = models.DateField(_("closed day"), unique=True)
    head = models.CharField(_("check number over all petitions"), max_length=64)
    petitions = models.PositiveIntegerField(_("petitions counted again"), default=0)
    found = models.TextField(_("what disagrees"), blank=True)

    class Meta:
        verbose_name = _("nightly check")
        verbose_name_plural = _("nightly checks")
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)

    @property
    def agrees(self) -> bool:
        """Tell whether everything agreed."""
        return not self.found
