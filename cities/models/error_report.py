from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_REPORT = 2000
# A report that was dealt with is kept this long, one that was not a year.
KEPT_DAYS = 90
KEPT_AT_MOST_DAYS = 365


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def waiting(self) -> ErrorReportQuerySet:
        """Keep those that nobody has dealt with."""
        return self.filter(state=ErrorReport.State.NEW)

    def due(self, day: datetime.date) -> ErrorReportQuerySet:
        """Keep those whose time is over on this day."""
        handled = day - datetime.timedelta(days=KEPT_DAYS)
        received = day - datetime.timedelta(days=KEPT_AT_MOST_DAYS)
        return self.filter(
            models.Q(handled_on__lt=handled) | models.Q(received_on__lt=received)
        )


class ErrorReport(models.Model):
    """What a reader says is wrong. Who said so is not stored.

    An e-mail address for an answer goes to the organisers by mail and never into
    this row.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        HANDLED = "handled", _("dealt with")

    place = models.ForeignKey(
        "cities.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("place"),
    )
    text = models.TextField(_("what is wrong"), max_length=LONGEST_REPORT)
    source_url = models.URLField(
        _("where the right fact can be read"), max_length=600, blank=True
    )
    language = models.CharField(_("language"), max_length=10)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.NEW)
    handled_on = models.DateField(_("dealt with on"), null=True, blank=True)
    handled_by = models.CharField(_("dealt with by"), max_length=150, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="new", handled_on=None)
                | models.Q(state="handled", handled_on__isnull=False),
                name="error_report_handled_on_a_day",
            )
        ]
        indexes = [models.Index(fields=["state", "-received_on"])]

    def __str__(self) -> str:
        return f"{self.received_on} {self.place or ''}".strip()

    def handle(self, actor: str, day: datetime.date) -> None:
        """Note that it was dealt with, and by whom."""
        self.state = self.State.HANDLED
        self.handled_on, self.handled_by = day, actor[:150]
        self.save(update_fields=["state", "handled_on", "handled_by"])
