"""Writes into the audit trail what organisers do to the campaign's rows.

The trail can never be mended, so it names rows by what is no secret: an event by its
slug, a group by its number. Of a change it tells which fields, never what is in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from campaign.models import Event, JointAction, StatementSignature
from detwin.desk import AnyForm, AnyFormSet, DeskAdmin
from safety import audit


class AuditedAdmin(DeskAdmin):
    """An admin whose every change stands in the audit trail, in its transaction."""

    def save_model(
        self, request: HttpRequest, obj: Any, form: AnyForm, change: bool
    ) -> None:
        """Save the row and note which of its fields were changed."""
        super().save_model(request, obj, form, change)
        if not change:
            note(request, "added", obj)
        elif form.changed_data:
            note(request, "changed", obj, form.changed_data)

    def save_formset(
        self, request: HttpRequest, form: AnyForm, formset: AnyFormSet, change: bool
    ) -> None:
        """Save the rows that belong to this one and note each."""
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            note(request, "added", row)
        for row, fields in formset.changed_objects:
            note(request, "changed", row, fields)
        for row in formset.deleted_objects:
            note(request, "deleted", row)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the row and note it."""
        note(request, "deleted", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the chosen rows and note each, or do neither."""
        with transaction.atomic():
            for row in queryset:
                note(request, "deleted", row)
            super().delete_queryset(request, queryset)


def note(request: HttpRequest, verb: str, row: Any, fields: Iterable[str] = ()) -> None:
    """Append to the trail that somebody did this to a row."""
    what, label = named(row)
    audit.record(str(request.user), f"{what} {verb}", label, ", ".join(fields))


def named(row: Any) -> tuple[str, str]:
    """Say what a row is and which one, without a name that somebody may take back."""
    if isinstance(row, Event):
        return "event", row.slug
    if isinstance(row, JointAction):
        return "joint action day", f"{row.day}"
    if isinstance(row, StatementSignature):
        return "statement signature", f"group {row.group_id}, version {row.version}"
    return "group", f"{row.pk}"
