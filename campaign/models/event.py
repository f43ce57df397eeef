from __future__ import annotations

import datetime
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.local_times import check_time_zone, on_the_wall
from campaign.models.joint_action import JointAction

# How long an event without an end is still thought to go on.
UNTIL_UNKNOWN = datetime.timedelta(hours=3)


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        """Keep what readers may see."""
        return self.filter(is_public=True).select_related("place")

    def coming(self) -> EventQuerySet:
        """Keep the public events that are not over, the next one first."""
        return self.public().exclude(_over()).order_by("starts_at", "slug")

    def past(self) -> EventQuerySet:
        """Keep the public events that are over, the latest first."""
        return self.public().filter(_over()).order_by("-starts_at", "slug")

    def taking_place(self) -> EventQuerySet:
        """Leave out what was cancelled."""
        return self.exclude(state=Event.State.CANCELLED)


def _over() -> Q:
    now = timezone.now()
    unknown = Q(ends_at=None, starts_at__lt=now - UNTIL_UNKNOWN)
    return Q(ends_at__lt=now) | unknown


class Event(models.Model):
    """Something to go to. Times are moments; its zone says what the clocks show.

    The exact place is a text of its own, so that it can stay unknown to every page,
    feed and file until its hour.
    """

    class Kind(models.TextChoices):
        STALL = "stall", _("street stall")
        RALLY = "rally", _("rally")
        MARCH = "march", _("march")
        HAND_IN = "hand_in", _("hand-in")
        COUNCIL = "council", _("council meeting")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")

    slug = models.SlugField(
        _("slug"),
        unique=True,
        max_length=100,
        blank=True,
        help_text=_("Empty: made from day, place and kind."),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    place = models.ForeignKey(
        "cities.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaign_events",
        verbose_name=_("city"),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/London",
        validators=[check_time_zone],
        help_text=_("Such as Europe/London, America/Toronto or Australia/Sydney."),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # Search engines and readers want to know when a moved event was to be first.
    moved_from = models.DateTimeField(
        _("start before it was moved"), null=True, editable=False
    )
    where = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("Public at once: a quarter or a square."),
    )
    exact_place = models.CharField(_("exact place"), max_length=300, blank=True)
    exact_place_from = models.DateTimeField(
        _("show the exact place from"),
        null=True,
        blank=True,
        help_text=_("Empty: at once. Until then no page, feed or file has it."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PLANNED
    )
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("What readers should know of a change."),
    )
    link = models.URLField(_("link or source"), max_length=500, blank=True)
    joint_action = models.ForeignKey(
        JointAction,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("joint action day"),
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Not ticked: a draft.")
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["starts_at", "slug"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message=_("An event ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    def clean(self) -> None:
        """Refuse what would mislead those who come."""
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it starts.")})
        held = self.exact_place_from
        if held and self.starts_at and held > self.starts_at:
            late = _("The exact place would be shown only after the start.")
            raise ValidationError({"exact_place_from": late})

    def move_from(self, start: datetime.datetime) -> None:
        """Keep the start that readers last knew; moving it back forgets it."""
        self.moved_from = None if self.starts_at == start else start

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save as a new revision, so that calendars take the change over."""
        if self.state == self.State.PLANNED:
            self.moved_from = None
        if not self._state.adding:
            self.revision += 1
        super().save(*args, **kwargs)

    @property
    def is_over(self) -> bool:
        """Tell whether it has ended."""
        end = self.ends_at or self.starts_at + UNTIL_UNKNOWN
        return end < timezone.now()

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it will not take place."""
        return self.state == self.State.CANCELLED

    @property
    def is_held_back(self) -> bool:
        """Tell whether the exact place has to wait for its hour."""
        held = self.exact_place_from
        return held is not None and held > timezone.now()

    @property
    def starts_local(self) -> datetime.datetime:
        """Return what the clocks there show at the start."""
        return on_the_wall(self.starts_at, self.time_zone)

    @property
    def ends_local(self) -> datetime.datetime | None:
        """Return what the clocks there show at the end."""
        return on_the_wall(self.ends_at, self.time_zone) if self.ends_at else None

    @property
    def moved_from_local(self) -> datetime.datetime | None:
        """Return what the clocks there were to show at the start at first."""
        before = self.moved_from
        return on_the_wall(before, self.time_zone) if before else None

    @property
    def shown_from_local(self) -> datetime.datetime | None:
        """Return what the clocks there show when the exact place becomes known."""
        held = self.exact_place_from
        return on_the_wall(held, self.time_zone) if held else None

    @property
    def starts_there(self) -> str:
        """Return the start with the zone's offset, for machines."""
        return self.there(self.starts_at)

    @property
    def ends_there(self) -> str:
        """Return the end with the zone's offset, or nothing."""
        return self.there(self.ends_at)

    @property
    def moved_from_there(self) -> str:
        """Return the first start with the zone's offset, or nothing."""
        return self.there(self.moved_from)

    def there(self, moment: datetime.datetime | None) -> str:
        """Return a moment with the offset of the event's zone, or nothing."""
        zone = ZoneInfo(self.time_zone)
        return moment.astimezone(zone).isoformat() if moment else ""

    @property
    def ends_same_day(self) -> bool:
        """Tell whether one date is enough to say when."""
        end = self.ends_local
        return end is not None and end.date() == self.starts_local.date()
