from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissingPlaceQuerySet(models.QuerySet["MissingPlace"]):
    def new(self) -> MissingPlaceQuerySet:
        """Keep those that no organiser has looked into yet."""
        return self.filter(state=MissingPlace.State.NEW)


class MissingPlace(models.Model):
    """A place that a reader says the record lacks. Who said so is not asked."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        HANDLED = "handled", _("handled")

    name = models.CharField(_("town or city"), max_length=80)
    country = models.CharField(_("country"), max_length=80)
    source = models.URLField(_("source"), max_length=500, blank=True)
    told_on = models.DateField(_("told on"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.NEW)

    objects = MissingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place readers miss")
        verbose_name_plural = _("places readers miss")
        ordering = ["-told_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"

    @classmethod
    def tell(cls, day: datetime.date, name: str, country: str, source: str) -> None:
        """Store what a reader told, once however often it is told before handling."""
        cls.objects.new().get_or_create(
            name=name,
            country=country,
            source=source,
            defaults={"told_on": day, "state": cls.State.NEW},
        )
