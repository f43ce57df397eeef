from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.countries import COUNTRIES
from cities.models.from_record import FromRecord


class TwinningCandidateQuerySet(models.QuerySet["TwinningCandidate"]):
    def waiting(self) -> TwinningCandidateQuerySet:
        """Keep those that nobody has decided on."""
        return self.filter(state=TwinningCandidate.State.WAITING)


class TwinningCandidate(FromRecord):
    """An agreement that some list names and nobody has verified. Never shown in public.

    An organiser accepts it with a source, which makes the twinning, or rejects it
    with a reason. What was decided stays decided when the files are loaded again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be decided")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    place_name = models.CharField(_("place"), max_length=120)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    chinese_name = models.CharField(_("place in China"), max_length=120)
    found_in = models.CharField(_("found in"), max_length=300)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.WAITING
    )
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    twinning = models.ForeignKey(
        "cities.Twinning",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("twinning"),
    )

    objects = TwinningCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_on=None)
                | (models.Q(decided_on__isnull=False) & ~models.Q(decided_by="")),
                name="candidate_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(reason=""),
                name="candidate_rejected_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "place_name"])]

    def __str__(self) -> str:
        return f"{self.place_name} – {self.chinese_name}"

    def accept(self, twinning: models.Model, actor: str, day: datetime.date) -> None:
        """Note that it is on the record now."""
        self.twinning_id = twinning.pk
        self._decide(self.State.ACCEPTED, actor, day)

    def reject(self, reason: str, actor: str, day: datetime.date) -> None:
        """Note why it does not belong on the record."""
        self.reason = reason
        self._decide(self.State.REJECTED, actor, day)

    def _decide(self, state: str, actor: str, day: datetime.date) -> None:
        self.state, self.decided_by, self.decided_on = state, actor[:150], day
        self.save(
            update_fields=["state", "reason", "decided_by", "decided_on", "twinning"]
        )

    @property
    def is_waiting(self) -> bool:
        """Tell whether nobody has decided on it."""
        return self.state == self.State.WAITING
