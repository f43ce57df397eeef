from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models import Place


class JointAction(models.Model):
    """A day on which people in many cities acted together."""

    day = models.DateField(_("day"), unique=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    places = models.ManyToManyField(
        Place, related_name="joint_actions", blank=True, verbose_name=_("cities")
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("joint action day")
        verbose_name_plural = _("joint action days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.title or ''}".strip()

    def get_absolute_url(self) -> str:
        return reverse("campaign:day", args=[self.day.isoformat()])
