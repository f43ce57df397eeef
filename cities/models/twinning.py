from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from cities.as_of import Standing, put_back, weightier
from cities.models.from_record import FromRecord
from cities.partial_dates import HELP, PartialDate, validate_partial_date


class Status(models.TextChoices):
    """What is known of a tie; each word is defined in `cities.definitions`."""

    ACTIVE = "active", _("standing")
    UNDER_REVIEW = "under_review", _("under review")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")
    LAPSED = "lapsed", _("lapsed")
    UNKNOWN = "unknown", _("not known")


# How a standing tie is worded, never without saying by what it stands.
PRESUMED = gettext_noop("presumed to stand")
CONFIRMED = gettext_noop("confirmed as standing")


def in_words(status: str, confirmed: bool) -> str:
    """Return a status in words that tell presumed from confirmed."""
    if status == Status.ACTIVE:
        return gettext(CONFIRMED if confirmed else PRESUMED)
    return str(Status(status).label)


# A council can still be asked about these; the others are over.
ASKABLE = (Status.ACTIVE, Status.UNDER_REVIEW, Status.SUSPENDED, Status.UNKNOWN)
OVER = (Status.ENDED, Status.LAPSED)


class TwinningQuerySet(models.QuerySet["Twinning"]):
    def askable(self) -> TwinningQuerySet:
        """Keep the ties that a council can still be asked to end."""
        return self.filter(status__in=ASKABLE)

    def over(self) -> TwinningQuerySet:
        """Keep the ties that have ended or lapsed."""
        return self.filter(status__in=OVER)

    def with_history(self) -> TwinningQuerySet:
        """Load both places and every event with the ties, in three queries."""
        return self.select_related("place", "chinese_place").prefetch_related("events")

    def as_of(self, day: datetime.date) -> list[Twinning]:
        """Load the ties with the status each had on a day, in one query more."""
        return put_back(self.prefetch_related("events"), day)


class Twinning(FromRecord):
    """An agreement between a council's place and a place in China.

    `status` and `confirmed` are derived from the latest event and stored for
    filtering; `derive()` is the only writer. `confirmed` is false wherever a
    standing tie rests on a list alone.
    """

    class Kind(models.TextChoices):
        TWIN = "twin", _("twinning")
        FRIENDSHIP = "friendship", _("friendship agreement")
        PARTNERSHIP = "partnership", _("partnership")
        COOPERATION = "cooperation", _("cooperation agreement")
        UNSPECIFIED = "unspecified", _("agreement, kind not known")

    place = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        related_name="twinnings",
        verbose_name=_("place"),
    )
    chinese_place = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        related_name="twinnings_from_china",
        verbose_name=_("place in China"),
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, default=Kind.UNSPECIFIED
    )
    established_on = models.CharField(
        _("established on"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=HELP,
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.UNKNOWN,
        editable=False,
    )
    confirmed = models.BooleanField(_("confirmed"), default=False, editable=False)

    objects = TwinningQuerySet.as_manager()
    # What was known on an earlier day, where `as_of` has loaded the tie.
    standing: Standing | None = None

    class Meta:
        verbose_name = _("twinning")
        verbose_name_plural = _("twinnings")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "chinese_place"], name="twinning_one_per_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(place=models.F("chinese_place")),
                name="twinning_between_two_places",
            ),
        ]
        indexes = [models.Index(fields=["status", "place"])]

    def __str__(self) -> str:
        return f"{self.place.name} – {self.chinese_place.name}"

    def derive(self) -> None:
        """Set status and `confirmed` from the latest event; the caller saves them."""
        latest = latest_of(self.events.all())
        self.status = latest.status if latest else Status.UNKNOWN
        known = self.status != Status.UNKNOWN
        self.confirmed = bool(latest and latest.is_confirming and known)

    @property
    def status_label(self) -> str:
        """The status in words that tell presumed from confirmed."""
        return in_words(self.status, self.confirmed)

    @property
    def anchor(self) -> str:
        """Where it stands on the pages of its two places."""
        return f"{self.place.slug}-{self.chinese_place.slug}"

    @property
    def established(self) -> PartialDate | None:
        """The day, month or year it began; None when unknown."""
        return PartialDate.parse(self.established_on)

    @property
    def is_over(self) -> bool:
        """Tell whether the tie has ended or lapsed."""
        return self.status in OVER

    @property
    def is_standing(self) -> bool:
        """Tell whether the tie stands, confirmed or presumed."""
        return self.status == Status.ACTIVE

    @property
    def is_presumed(self) -> bool:
        """Tell whether the tie only stands because a list says so."""
        return self.status == Status.ACTIVE and not self.confirmed

    @property
    def latest_event(self) -> StatusEvent | None:
        """The event that its status rests on, on the day it was loaded for."""
        if self.standing:
            return self.standing.event
        return latest_of(self.events.all())

    @property
    def history(self) -> list[StatusEvent]:
        """Every event, newest first; undated ones at the end.

        Loaded for an earlier day, the tie leaves out what came later.
        """
        if self.standing:
            return list(reversed(self.standing.history))
        return sorted(self.events.all(), key=StatusEvent.order, reverse=True)


def latest_of(events: Iterable[StatusEvent]) -> StatusEvent | None:
    """Return the latest event by day, then sequence; None when there is none.

    What a list says counts only while nothing better is known.
    """
    return max(weightier(events), key=StatusEvent.order, default=None)


class StatusEvent(FromRecord):
    """One sourced, dated thing that happened to a tie. History, never a bare flag."""

    class SourceKind(models.TextChoices):
        COUNCIL = "council", _("council")
        PRESS = "press", _("press")
        LIST = "list", _("list")
        MIRROR = "mirror", _("copy on another site")

    twinning = models.ForeignKey(
        Twinning, models.CASCADE, related_name="events", verbose_name=_("twinning")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    happened_on = models.CharField(
        _("happened on"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=HELP,
    )
    sequence = models.PositiveSmallIntegerField(
        _("sequence"),
        default=1,
        help_text=_("Tells the order of events whose dates do not."),
    )
    date_inferred = models.BooleanField(_("date inferred"), default=False)
    summary = models.TextField(_("summary"), blank=True)
    source_title = models.CharField(_("source title"), max_length=300)
    source_url = models.URLField(_("source address"), max_length=600)
    source_kind = models.CharField(_("source kind"), max_length=8, choices=SourceKind)
    archived_url = models.URLField(_("archived copy"), max_length=600, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=80, blank=True)
    # By this day it certainly had happened. It never moves, so that what was cited
    # for a day stays true; a later check changes `checked_on` alone.
    recorded_on = models.DateField(
        _("recorded on"), default=timezone.localdate, editable=False
    )

    class Meta:
        verbose_name = _("status event")
        verbose_name_plural = _("status events")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source_url="") & ~models.Q(source_title=""),
                name="status_event_has_a_source",
            )
        ]
        indexes = [models.Index(fields=["twinning", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.twinning}: {self.status_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what was checked before it was entered was known since then."""
        if self._state.adding and self.checked_on:
            self.recorded_on = min(self.recorded_on, self.checked_on)
        super().save(*args, **kwargs)

    @property
    def happened(self) -> PartialDate | None:
        """When it happened, as exactly as is known."""
        return PartialDate.parse(self.happened_on)

    def order(self) -> tuple[datetime.date, int, int]:
        """Sort key: the last day it can mean, then sequence, then entry.

        An undated event of a documented decision sorts before dated ones.
        """
        happened = self.happened
        day = happened.last_day if happened else datetime.date.min
        return (day, self.sequence, self.pk or 0)

    @property
    def status_label(self) -> str:
        """What it made of the tie, in words that tell presumed from confirmed."""
        return in_words(self.status, self.is_confirming)

    @property
    def is_confirming(self) -> bool:
        """Tell whether a source other than a bare list stands behind it."""
        return self.source_kind != self.SourceKind.LIST

    @property
    def is_presumed(self) -> bool:
        """Tell whether it only says that a list had the tie."""
        return self.status == Status.ACTIVE and not self.is_confirming

    @property
    def is_weak(self) -> bool:
        """Tell whether a better source is wanted."""
        return self.source_kind == self.SourceKind.MIRROR
