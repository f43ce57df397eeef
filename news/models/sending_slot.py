from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_A_WEEK = 3
WEEK = datetime.timedelta(days=7)


class SendingSlotQuerySet(models.QuerySet["SendingSlot"]):
    """The mailings that each list may get in any seven days."""

    def take(self, place: int | None, day: datetime.date) -> bool:
        """Use one of a list's mailings up; False when all were used in seven days.

        Safe with many organisers at once: each slot is taken by one statement.
        """
        numbers = range(1, MOST_A_WEEK + 1)
        fresh = [self.model(list_key=key_of(place), number=n) for n in numbers]
        self.bulk_create(fresh, ignore_conflicts=True)
        free = self.free(place, day)
        return any(
            free.filter(pk=key).update(used_on=day)
            for key in list(free.values_list("pk", flat=True))
        )

    def free(self, place: int | None, day: datetime.date) -> SendingSlotQuerySet:
        """Keep a list's slots that were not used within seven days."""
        unused = models.Q(used_on=None) | models.Q(used_on__lte=day - WEEK)
        return self.filter(unused, list_key=key_of(place)).order_by("number")

    def used(self, place: int | None, day: datetime.date) -> SendingSlotQuerySet:
        """Keep a list's slots that were used within seven days."""
        return self.filter(list_key=key_of(place), used_on__gt=day - WEEK)

    def is_full(self, place: int | None, day: datetime.date) -> bool:
        """Tell whether a list has had all its mailings of seven days."""
        return self.used(place, day).count() >= MOST_A_WEEK


class SendingSlot(models.Model):
    """One of the three mailings that a list may get in any seven days."""

    list_key = models.CharField(_("list"), max_length=20)
    number = models.PositiveSmallIntegerField(_("number"))
    used_on = models.DateField(_("used on"), null=True)

    objects = SendingSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("sending slot")
        verbose_name_plural = _("sending slots")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["list_key", "number"], name="news_one_slot_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, MOST_A_WEEK)),
                name="news_three_slots_a_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_key}: {self.number}"


def key_of(place: int | None) -> str:
    """Return how a list is named here: by its place's number, or `all`."""
    return "all" if place is None else str(place)
