"""The desk of quarantine runs: preview, apply, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from detwin.desk import AnyForm, ChoosesByKey
from petitions import quarantining
from petitions.large_runs import ask_to_set_aside, is_large
from petitions.models import QuarantineRun

FOUND = ("state", "counted", "applied", "undone", "by")


@admin.register(QuarantineRun)
class QuarantineRunAdmin(ChoosesByKey):
    list_display = ("__str__", "petition", "made_on", *FOUND)
    list_filter = ("state",)
    list_select_related = ("petition", "by")
    autocomplete_fields = ("petition",)
    raw_id_fields = ("area",)
    readonly_fields = FOUND
    actions = ("apply_chosen", "undo_chosen")

    def has_change_permission(
        self, request: HttpRequest, obj: QuarantineRun | None = None
    ) -> bool:
        """Criteria that were counted stay; make another run instead."""
        return obj is None and bool(super().has_change_permission(request, obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: QuarantineRun | None = None
    ) -> bool:
        """Nobody deletes a run; it can be undone."""
        return False

    def save_model(
        self, request: HttpRequest, obj: QuarantineRun, form: AnyForm, change: bool
    ) -> None:
        """Store a new run with the number of signatures that it matches."""
        obj.by = request.user  # type: ignore[assignment]
        number = quarantining.preview(obj, str(request.user))
        text = _("%(number)d match. Nothing is done until you apply the run.")
        messages.info(request, text % {"number": number})

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Apply: set aside what the run matches"),
    )
    def apply_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Have small previews applied; ask another organiser for large ones."""
        done, asked = 0, 0
        for run in chosen.filter(state=QuarantineRun.State.PREVIEW):
            if is_large(run):
                asked += ask_to_set_aside(request.user, run) is not None
            else:
                done += quarantining.start(run, str(request.user))
        self._say(request, done)
        if asked:
            text = _("So many need a second organiser; they were asked.")
            self.message_user(request, text, messages.WARNING)

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Undo: count again what the run set aside"),
    )
    def undo_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Have the worker undo runs that were begun."""
        done = [run for run in chosen if quarantining.take_back(run, str(request.user))]
        self._say(request, len(done))

    def _say(self, request: HttpRequest, number: int) -> None:
        text = _("%(number)d runs begun. Load the page again to see how far they are.")
        self.message_user(request, text % {"number": number})
