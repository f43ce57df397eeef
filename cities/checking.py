"""Which sources want a look again, and who has looked."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.desk_log import tell
from cities.models import StatusEvent, Twinning
from cities.models.twinning import latest_of

RECHECK_DAYS = 90


def oldest_fresh_day() -> datetime.date:
    """Return the first day on which a check still counts as recent."""
    return timezone.now().date() - datetime.timedelta(days=RECHECK_DAYS)


def not_rechecked() -> Q:
    """Match events whose source nobody has looked at for 90 days, or ever."""
    return Q(checked_on=None) | Q(checked_on__lt=oldest_fresh_day())


def want_check() -> list[StatusEvent]:
    """Return the events that a status rests on today and that want a look again.

    Never checked ones first, then the oldest check. Three queries.
    """
    fresh = oldest_fresh_day()
    resting = [latest_of(tie.events.all()) for tie in _ties()]
    old = [
        event
        for event in resting
        if event and (event.checked_on is None or event.checked_on < fresh)
    ]
    first = datetime.date.min
    return sorted(old, key=lambda event: (event.checked_on or first, event.pk))


def _ties() -> Any:
    return Twinning.objects.with_history()


def weak_events() -> QuerySet[StatusEvent]:
    """Return the events that rest on a copy on another site only."""
    weak = StatusEvent.objects.filter(source_kind=StatusEvent.SourceKind.MIRROR)
    places = weak.select_related("twinning__place", "twinning__chinese_place")
    return places.order_by("checked_on", "pk")


@transaction.atomic
def check_again(event: StatusEvent, organiser: object) -> None:
    """Note that somebody looked at the source today and it still says so."""
    event.checked_on = timezone.now().date()
    event.checked_by = str(organiser)[:80]
    event.save(update_fields=["checked_on", "checked_by"])
    tell(organiser, "status event checked again", event)


class CheckedLately(admin.SimpleListFilter):
    """When the source of an event was last looked at."""

    title = _("checked")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Offer the three answers."""
        return [
            ("old", _("not re-checked for 90 days")),
            ("never", _("never")),
            ("lately", _("in the last 90 days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the events of the chosen answer."""
        if self.value() == "old":
            return queryset.filter(not_rechecked())
        if self.value() == "never":
            return queryset.filter(checked_on=None)
        if self.value() == "lately":
            return queryset.exclude(not_rechecked())
        return queryset
