from __future__ import annotations

import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Deletion(models.Model):
    """How many of what were deleted on one UTC day, over all petitions."""

    class What(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("signatures that were not confirmed in time")
        SEALED = "sealed", _("sealed records of petitions that are over")
        INDEX = "index", _("hashes of e-mail addresses")
        MAILS = "mails", _("requests that waited for a mail")
        REPORTS = "reports", _("error reports by readers")
        DAY_KEYS = "day_keys", _("keys under which e-mail addresses lay")

    day = models.DateField(_("day"))
    what = models.CharField(_("what"), max_length=11, choices=What)
    number = models.PositiveIntegerField(_("how many"), default=0)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["day", "what"]
        constraints = [
            models.UniqueConstraint(fields=["day", "what"], name="deletion_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.what}"

    @classmethod
    def note(cls, day: datetime.date, **numbers: int) -> None:
        """Add to the day's numbers; nothing is noted of what there was none."""
        with transaction.atomic():
            for what, number in sorted(numbers.items()):
                if number:
                    row = Deletion(day=day, what=what)
                    Deletion.objects.bulk_create([row], ignore_conflicts=True)
                    rows = Deletion.objects.filter(day=day, what=what)
                    rows.update(number=models.F("number") + number)
