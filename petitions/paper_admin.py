"""The desk of what is on paper and what goes to the council."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from detwin.desk import (
    AnyForm,
    AnyModelAdmin,
    DeskStackedInline,
    FillsSimplified,
    in_each_language,
)
from detwin.desk_places import OfPlaces
from petitions.models import CouncilReply, HandIn, PaperBatch, PaperSheet
from petitions.settling import today


@admin.register(PaperSheet)
class PaperSheetAdmin(OfPlaces, AnyModelAdmin):
    place_path = "petition__place"
    of_places = {"petition": "place"}
    list_display = ("code", "petition", "occasion", "printed_on", "scans", "to_print")
    list_select_related = ("petition",)
    readonly_fields = ("code", "scans", "to_print")
    autocomplete_fields = ("petition",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the code once it is stored; before, it is another each time."""
        every = super().get_fields(request, obj)
        return every if obj else [n for n in every if n not in self.readonly_fields]

    @admin.display(description=gettext_lazy("to print"))
    def to_print(self, obj: PaperSheet) -> str:
        """Link to the poster and the sheet that carry this code."""
        if not obj.pk:
            return ""
        where = [obj.petition.slug, obj.code]
        pages = [
            (reverse("petitions:poster-of", args=where), _("Poster")),
            (reverse("petitions:sheet-of", args=where), _("Sheet to sign")),
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', pages)


@admin.register(PaperBatch)
class PaperBatchAdmin(OfPlaces, AnyModelAdmin):
    place_path = "petition__place"
    of_places = {"petition": "place"}
    list_display = (
        "petition",
        "collected_on",
        "occasion",
        "lines",
        "struck_out",
        "state",
        "entered_by",
        "checked_by",
    )
    list_filter = ("state",)
    autocomplete_fields = ("petition",)
    readonly_fields = ("state", "entered_by", "checked_by")
    actions = ("check_chosen",)

    def save_model(
        self, request: HttpRequest, obj: PaperBatch, form: AnyForm, change: bool
    ) -> None:
        """Note who entered the batch."""
        if not change:
            obj.entered_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def has_change_permission(
        self, request: HttpRequest, obj: PaperBatch | None = None
    ) -> bool:
        """A counted batch is not changed any more."""
        is_counted = obj is not None and obj.state != PaperBatch.State.ENTERED
        return not is_counted and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: PaperBatch | None = None
    ) -> bool:
        """A counted batch is not deleted any more."""
        is_counted = obj is not None and obj.state != PaperBatch.State.ENTERED
        return not is_counted and super().has_delete_permission(request, obj)

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("I have counted these again: they are right"),
    )
    def check_chosen(self, request: HttpRequest, chosen: QuerySet[PaperBatch]) -> None:
        """Count the batches that somebody else entered."""
        results = [batch.check_by(request.user, today()) for batch in chosen]
        if any(results):
            counted = _("%(number)d counted.") % {"number": sum(results)}
            self.message_user(request, counted, messages.SUCCESS)
        if not all(results):
            self.message_user(
                request,
                _(
                    "Some were counted before, or entered by you; another "
                    "person must check."
                ),
                messages.WARNING,
            )


class CouncilReplyInline(DeskStackedInline):
    model = CouncilReply
    fieldsets = [
        (None, {"fields": ["day", "outcome", "source"]}),
        *in_each_language("words"),
    ]


@admin.register(HandIn)
class HandInAdmin(OfPlaces, FillsSimplified):
    place_path = "petition__place"
    of_places = {"petition": "place"}
    list_display = ("petition", "day", "way", "supporters", "paper", "reply_due_on")
    autocomplete_fields = ("petition",)
    readonly_fields = ("supporters", "council_valid", "paper")
    inlines = (CouncilReplyInline,)

    def save_model(
        self, request: HttpRequest, obj: HandIn, form: AnyForm, change: bool
    ) -> None:
        """Record the numbers when it is first saved."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.record()

    def save_related(
        self, request: HttpRequest, form: AnyForm, formsets: Any, change: bool
    ) -> None:
        """Move the petition on by the council's newest reply."""
        super().save_related(request, form, formsets, change)
        if newest := form.instance.replies.first():
            newest.settle()
