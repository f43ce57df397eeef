"""The desk's pages for what readers report, candidates, and the corrections log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cities.desk_log import tell
from cities.models import ErrorReport, RecordCorrection, TwinningCandidate
from detwin.desk import AnyForm, AnyModelAdmin, DeskAdmin, in_each_language
from detwin.desk_places import OfPlaces


@admin.register(ErrorReport)
class ErrorReportAdmin(OfPlaces, AnyModelAdmin):
    """What readers say is wrong; the newest first, what waits above all."""

    list_display = ("received_on", "place", "beginning", "state", "handled_by")
    list_select_related = ("place",)
    list_filter = ("state", "received_on")
    search_fields = ("text", "place__search_text")
    ordering = ("-state", "-received_on", "-pk")
    actions = ("handle_chosen",)
    fields = ("received_on", "language", "place", "text", "source_url")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers write reports."""
        return False

    @admin.display(description=_("what is wrong"))
    def beginning(self, report: ErrorReport) -> str:
        """Show how a report begins."""
        return report.text if len(report.text) <= 80 else f"{report.text[:80]}…"

    @admin.action(description=_("Dealt with"), permissions=["change"])
    def handle_chosen(
        self, request: HttpRequest, chosen: QuerySet[ErrorReport]
    ) -> None:
        """Note on the chosen reports who dealt with them, and when."""
        for report in chosen.filter(state=ErrorReport.State.NEW):
            report.handle(str(request.user), timezone.now().date())
            tell(request.user, "error report dealt with", report)


@admin.register(TwinningCandidate)
class TwinningCandidateAdmin(OfPlaces, AnyModelAdmin):
    """The queue of agreements that only an unverified list names."""

    place_path = ""
    list_display = ("__str__", "decide", "country", "state", "decided_by", "found_in")
    list_filter = ("state", "country")
    search_fields = ("place_name", "chinese_name")
    ordering = ("-state", "country", "place_name", "chinese_name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Candidates come from the record's files."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: TwinningCandidate | None = None
    ) -> bool:
        """A decided candidate must stay, or the next load would ask again."""
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: TwinningCandidate | None = None
    ) -> list[str]:
        """Show everything; deciding has a page of its own."""
        fields = [field.name for field in TwinningCandidate._meta.fields]
        hidden = {"id", "record_key", "record_digest"}
        return ["decide", *(name for name in fields if name not in hidden)]

    @admin.display(description=_("decide"))
    def decide(self, candidate: TwinningCandidate) -> SafeString | str:
        """Lead to the page on which it is accepted or rejected."""
        if not candidate.is_waiting:
            return ""
        address = reverse("desk:candidate", args=[candidate.pk])
        return format_html('<a href="{}">{}</a>', address, _("Accept or reject"))


@admin.register(RecordCorrection)
class RecordCorrectionAdmin(OfPlaces, DeskAdmin):
    """The public log. Notes are written by changing the record, and mended here."""

    list_display = ("day", "place", "chinese_place", "what")
    list_select_related = ("place", "chinese_place")
    autocomplete_fields = ("place", "chinese_place")
    search_fields = ("place__search_text", "chinese_place__search_text")
    date_hierarchy = "day"
    ordering = ("-day", "-pk")
    fieldsets = [
        (None, {"fields": ["place", "chinese_place", "day"]}),
        *in_each_language("what", "why"),
    ]

    def has_delete_permission(
        self, request: HttpRequest, obj: RecordCorrection | None = None
    ) -> bool:
        """The past is not changed in silence."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Any, form: AnyForm, change: bool
    ) -> None:
        """Save the note, and tell that it was written by hand."""
        super().save_model(request, obj, form, change)
        verb = "changed" if change else "added"
        tell(request.user, f"correction {verb}", obj, ", ".join(form.changed_data))
