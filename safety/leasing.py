"""Rows that workers take one by one: a queue without a second service.

A worker leases rows for some seconds, does its work and deletes or changes
them. When it dies, the lease runs out and another worker takes the rows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.db import connections, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Leased(models.Model):
    """A row that waits for a worker; its model has a LeasedQuerySet as manager."""

    leased_until = models.DateTimeField(
        _("leased until"), null=True, blank=True, editable=False, db_index=True
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)

    class Meta:
        abstract = True

    def put_back(self, seconds: float = 0) -> None:
        """Give the row back; it can be claimed again after so many seconds."""
        self.leased_until = timezone.now() + timedelta(seconds=seconds)
        self.save(update_fields=["leased_until"])


Row = TypeVar("Row", bound=Leased)


class LeasedQuerySet(models.QuerySet[Row]):
    """Rows that can be leased; combine with any filter before `lease`.

    A leased model names its own: `class MailQuerySet(LeasedQuerySet["Mail"])`.
    """

    def claimable(self) -> LeasedQuerySet[Row]:
        """Rows that nobody holds, or whose lease ran out."""
        free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
        return self.filter(free)

    def lease(self, limit: int, seconds: float) -> list[Row]:
        """Claim at most `limit` rows for `seconds` and count one more try on each.

        No row is given to two takers. The oldest come first unless the query
        set is ordered otherwise. Commit before working on the rows, or the
        others wait for this transaction.
        """
        until = timezone.now() + timedelta(seconds=seconds)
        with transaction.atomic(using=self.db):
            rows = list(self._locked()[:limit])
            taken = self.model._base_manager.using(self.db).filter(
                pk__in=[row.pk for row in rows]
            )
            taken.update(leased_until=until, tries=F("tries") + 1)
        for row in rows:
            row.leased_until, row.tries = until, row.tries + 1
        return rows

    def _locked(self) -> LeasedQuerySet[Row]:
        rows = self.claimable()
        if not rows.ordered:
            rows = rows.order_by("pk")
        if connections[self.db].features.has_select_for_update_skip_locked:
            return rows.select_for_update(skip_locked=True, of=("self",))
        return rows
