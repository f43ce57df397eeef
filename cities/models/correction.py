from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordCorrectionQuerySet(models.QuerySet["RecordCorrection"]):
    def newest_first(self) -> RecordCorrectionQuerySet:
        """Order as the public log shows them, with the places they are about."""
        ordered = self.order_by("-day", "-pk")
        return ordered.select_related("place", "chinese_place")

    def about(self, place: models.Model) -> RecordCorrectionQuerySet:
        """Keep what was corrected in the record of a place, on either side."""
        either = models.Q(place=place) | models.Q(chinese_place=place)
        return self.newest_first().filter(either)


class RecordCorrection(models.Model):
    """A public note that a published fact of the record was wrong: what, when, why.

    Written when an organiser changes a fact, never when something new is added:
    an added event is history, not a correction.
    """

    place = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        related_name="record_corrections",
        verbose_name=_("place"),
    )
    chinese_place = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="record_corrections_from_china",
        verbose_name=_("place in China"),
    )
    day = models.DateField(_("day"))
    what = models.TextField(_("what was corrected"))
    why = models.TextField(_("reason for the change"))

    objects = RecordCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of the record")
        verbose_name_plural = _("corrections of the record")
        indexes = [models.Index(fields=["-day", "-id"])]

    def __str__(self) -> str:
        return f"{self.place.name} {self.day}"
