"""The desk's pages for ties with their history, and for events by themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cities.checking import CheckedLately, check_again
from cities.corrected_admin import (
    REASON_FIELDS,
    REASON_HELP,
    TICK,
    CorrectedEvents,
    TwinningForm,
)
from cities.correcting import Changed, facts_of, facts_stored, log_correction
from cities.desk_log import tell
from cities.models import Place, StatusEvent, Twinning
from cities.record_admin import KeepsRecordRows
from detwin.desk import AnyForm, AnyModelAdmin, DeskStackedInline, FillsSimplified
from detwin.desk_places import OfPlaces


class StatusEventInline(DeskStackedInline):
    model = StatusEvent
    formset = CorrectedEvents


@admin.register(Twinning)
class TwinningAdmin(OfPlaces, KeepsRecordRows, FillsSimplified):
    """Ties with their history; the status follows from the events."""

    form = TwinningForm
    inlines = [StatusEventInline]
    list_display = ("__str__", "kind", "established_on", "status", "confirmed")
    list_select_related = ("place", "chinese_place")
    list_filter = ("status", "confirmed", "kind", "place__country")
    search_fields = ("place__search_text", "chinese_place__search_text")
    autocomplete_fields = ("place", "chinese_place")
    readonly_fields = ("status", "confirmed")
    ordering = ("place__name_en", "chinese_place__name_en")

    def get_fieldsets(self, request: HttpRequest, obj: Twinning | None = None) -> Any:
        """Ask for a reason only where something stands already."""
        facts = ["place", "chinese_place", "kind", "established_on"]
        fieldsets: list[Any] = [(None, {"fields": [*facts, *self.readonly_fields]})]
        if obj is not None:
            asked = {"fields": REASON_FIELDS, "description": REASON_HELP}
            fieldsets.append((_("Reason for the change"), asked))
        return fieldsets

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find ties by any name of either place."""
        if not search_term:
            return queryset, False
        places = Place.objects.called(search_term).values("pk")
        either = Q(place__in=places) | Q(chinese_place__in=places)
        return queryset.filter(either), False

    def save_model(
        self, request: HttpRequest, obj: Twinning, form: AnyForm, change: bool
    ) -> None:
        """Save the tie, remembering what the public has read until now."""
        form.facts_before = facts_stored(obj) if change else None  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: AnyForm, formsets: Any, change: bool
    ) -> None:
        """Save the events, derive the tie's status, and note what was corrected."""
        changes = [row for events in formsets for row in events.changes()]
        super().save_related(request, form, formsets, change)
        tie = Twinning.objects.get(pk=form.instance.pk)
        tie.derive()
        tie.save(update_fields=["status", "confirmed"])
        before = form.facts_before  # type: ignore[attr-defined]
        if before is not None:
            changes.append(Changed(Twinning, before, facts_of(tie)))
        reason = note_correction(tie, changes, form.cleaned_data)
        verb = "changed" if change else "added"
        tell(request.user, f"twinning {verb}", tie, reason)

    def delete_model(self, request: HttpRequest, obj: Twinning) -> None:
        """Note in public that a tie was taken out, then delete it."""
        log_correction(obj, [Changed(Twinning, facts_of(obj), None)], {})
        tell(request.user, "twinning deleted", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Note and delete each tie."""
        for tie in queryset:
            self.delete_model(request, tie)


def note_correction(tie: Twinning, changes: list[Changed], reason: Any) -> str:
    """Write the public note unless it was ticked away; return the reason given."""
    if not reason.get(TICK):
        log_correction(tie, changes, reason)
    texts = [reason.get("why_en"), reason.get("why_zh_hant"), reason.get("why_zh_hans")]
    return next((str(text) for text in texts if text), "")


@admin.register(StatusEvent)
class StatusEventAdmin(OfPlaces, AnyModelAdmin):
    """Events of all ties, to find those to check; they are changed in their tie."""

    place_path = "twinning__place"
    list_display = ("__str__", "happened_on", "source_kind", "checked_on", "checked_by")
    list_select_related = ("twinning__place", "twinning__chinese_place")
    list_filter = (CheckedLately, "source_kind", "status", "date_inferred")
    search_fields = ("twinning__place__search_text", "source_title", "source_url")
    ordering = ("checked_on", "pk")
    actions = ("checked_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are added to their tie."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: StatusEvent | None = None
    ) -> bool:
        """Events are taken out of their tie, with a reason; with it they may go."""
        match = request.resolver_match
        is_own_page = bool(match and "statusevent" in (match.url_name or ""))
        return not is_own_page and super().has_delete_permission(request, obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: StatusEvent | None = None
    ) -> list[str]:
        """Show everything; to change it, the tie's page asks for a reason."""
        return [field.name for field in StatusEvent._meta.fields if field.name != "id"]

    @admin.action(
        description=_("Checked again today: the source still says so"),
        permissions=["change"],
    )
    def checked_again(
        self, request: HttpRequest, chosen: QuerySet[StatusEvent]
    ) -> None:
        """Note today and the organiser's name on the chosen events."""
        for event in chosen.select_related(
            "twinning__place", "twinning__chinese_place"
        ):
            check_again(event, request.user)
