from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST = 10
STEP = 5


def first_wait() -> int:
    """Draw how many people an area needs before it is first told: ten or some more."""
    return FEWEST + secrets.randbelow(STEP)


def next_wait() -> int:
    """Draw how many people must come or go before a figure moves: five or some more."""
    return STEP + secrets.randbelow(STEP)


class AreaCount(models.Model):
    """The supporters of a petition in one area, as they are told in public.

    `people` is how many there were when the figure last moved, and `wait` by how many
    that must be wrong before it moves again. Neither is ever published.
    """

    petition = models.ForeignKey(
        "petitions.Petition", models.CASCADE, related_name="area_counts"
    )
    place = models.ForeignKey("cities.Place", models.CASCADE, related_name="+")
    people = models.PositiveIntegerField(default=0, editable=False)
    wait = models.PositiveSmallIntegerField(editable=False)
    moved_on = models.DateField(_("day"), null=True, editable=False)

    class Meta:
        verbose_name = _("count of an area")
        verbose_name_plural = _("counts by area")
        ordering = ["-people", "place__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "place"], name="area_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition} {self.place}"

    @property
    def shown(self) -> int:
        """The figure that is told: rounded down to five, and 0 below ten."""
        return self.people - self.people % STEP if self.people >= FEWEST else 0
