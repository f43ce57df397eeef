from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyTally(models.Model):
    """What changed on one petition on one UTC day; only sums, never who.

    `quarantined` counts all that were set aside, `removed` those of them that had been
    counted until then, `released` those counted after all. So the supporters are
    confirmed + released - withdrawn - removed, summed over all days. The hashes stand
    on the last day of a published line (`petitions/chain.py`).
    """

    petition = models.ForeignKey(
        "petitions.Petition", models.CASCADE, related_name="tallies"
    )
    day = models.DateField(_("day"))
    confirmed = models.PositiveIntegerField(_("confirmed"), default=0)
    withdrawn = models.PositiveIntegerField(_("withdrawn"), default=0)
    quarantined = models.PositiveIntegerField(_("quarantined"), default=0)
    removed = models.PositiveIntegerField(
        _("of these, taken out of the count"), default=0
    )
    released = models.PositiveIntegerField(_("released again"), default=0)
    paper = models.IntegerField(_("on paper"), default=0)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("daily tally")
        verbose_name_plural = _("daily tallies")
        ordering = ["petition", "day"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "day"], name="tally_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.petition} {self.day}"

    @classmethod
    def add(cls, petition_id: int, day: datetime.date, **changes: int) -> None:
        """Add to one day's line, making it if need be. Call inside a transaction."""
        increments = {name: models.F(name) + by for name, by in changes.items()}
        lines = cls.objects.filter(petition_id=petition_id, day=day)
        if not lines.update(**increments):
            DailyTally.objects.bulk_create(
                [DailyTally(petition_id=petition_id, day=day)], ignore_conflicts=True
            )
            lines.update(**increments)
