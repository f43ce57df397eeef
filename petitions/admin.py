"""The desk of petitions. It never shows who signed: the site does not know."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from detwin.desk import (
    AnyForm,
    AnyModelAdmin,
    DeskAdmin,
    DeskStackedInline,
    in_each_language,
)
from detwin.desk_places import OfPlaces
from detwin.simplified import fill_simplified
from petitions import (  # noqa: F401 - they register their pages
    numbers_admin,
    paper_admin,
    quarantine_admin,
)
from petitions.models import (
    DailyTally,
    Petition,
    PlaceToAsk,
    Wording,
    WordingTemplate,
)
from petitions.models.wording import TEXT_FIELDS
from petitions.opening import load_templates, open_for_place
from petitions.releasing import ask_to_release, is_large_release
from petitions.settling import release_quarantined, today


class WordingInline(DeskStackedInline):
    model = Wording
    fieldsets = [
        (None, {"fields": ["number"]}),
        *in_each_language(*TEXT_FIELDS),
        (
            gettext_lazy("The council's own language"),
            {"fields": ["council_language", "council_text"]},
        ),
    ]

    def has_change_permission(
        self, request: HttpRequest, obj: Petition | None = None
    ) -> bool:
        """Freeze the text once somebody has signed it; a new number can be added."""
        if obj is not None and obj.signatures.exists():
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: Petition | None = None
    ) -> bool:
        """Keep every wording that anybody may have seen."""
        return False


@admin.register(Petition)
class PetitionAdmin(OfPlaces, DeskAdmin):
    of_places = {"place": "pk", "twinnings": "place"}
    list_display = (
        "slug",
        "scope",
        "state",
        "supporters",
        "council_valid",
        "paper",
        "closes_on",
    )
    list_filter = ("state", "scope", "place__country")
    search_fields = ("slug", "place__search_text")
    autocomplete_fields = ("place",)
    filter_horizontal = ("twinnings",)
    readonly_fields = (
        "supporters",
        "council_valid",
        "paper",
        "in_person",
        "deletes_on",
        "quarantined",
        "waiting",
        "export",
    )
    fieldsets = [
        (None, {"fields": ["slug", "scope", "place", "country", "state"]}),
        (gettext_lazy("Dates"), {"fields": ["opens_on", "closes_on", "deletes_on"]}),
        (
            gettext_lazy("Figures"),
            {
                "fields": [
                    ("supporters", "council_valid"),
                    ("paper", "in_person"),
                    ("quarantined", "waiting"),
                    "export",
                ]
            },
        ),
        (gettext_lazy("Twinnings it is about"), {"fields": ["twinnings"]}),
        *in_each_language("addressee"),
    ]
    inlines = (WordingInline,)
    actions = ("open_chosen", "close_chosen", "release_chosen")

    def save_model(
        self, request: HttpRequest, obj: Petition, form: AnyForm, change: bool
    ) -> None:
        """Save what can be typed here; a signer may be adding to a counter just now."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        fill_simplified(obj)
        fields = [field for field in obj._meta.concrete_fields if field.editable]
        obj.save(update_fields=[f.name for f in fields if not f.primary_key])

    @admin.display(description=gettext_lazy("deleted by"))
    def deletes_on(self, petition: Petition) -> Any:
        """Show the deletion day that the petition's page prints."""
        return petition.deletes_on

    @admin.display(description=gettext_lazy("quarantined"))
    def quarantined(self, petition: Petition) -> int:
        """Show how many confirmed signatures are held back."""
        return petition.signatures.filter(state="quarantined").count()

    @admin.display(description=gettext_lazy("not yet confirmed"))
    def waiting(self, petition: Petition) -> int:
        """Show how many signers have not pressed the button yet."""
        return petition.signatures.waiting().count()

    @admin.display(description=gettext_lazy("sealed records"))
    def export(self, petition: Petition) -> str:
        """Link to where their export is asked for."""
        text, link = _("Ask for an export"), ""
        if petition.pk:
            link = reverse("exports:ask", args=[petition.slug])
        return format_html('<a href="{}">{}</a>', link, text) if link else "–"

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Releasing adds to what everybody sees counted."""
        return bool(request.user.has_perm("safety.ask_release"))

    @admin.action(
        permissions=["change"], description=gettext_lazy("Open the chosen drafts")
    )
    def open_chosen(self, request: HttpRequest, chosen: QuerySet[Petition]) -> None:
        """Open drafts; other petitions stay as they are."""
        number = chosen.filter(state=Petition.State.DRAFT).update(
            state=Petition.State.OPEN
        )
        self.message_user(request, _("%(number)d opened.") % {"number": number})

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Close the chosen petitions today"),
    )
    def close_chosen(self, request: HttpRequest, chosen: QuerySet[Petition]) -> None:
        """Close open petitions; people can still confirm for three days."""
        number = 0
        for petition in chosen.filter(state=Petition.State.OPEN):
            petition.close(today())
            number += 1
        self.message_user(request, _("%(number)d closed.") % {"number": number})

    @admin.action(
        permissions=["release"],
        description=gettext_lazy("Count the quarantined signatures after all"),
    )
    def release_chosen(self, request: HttpRequest, chosen: QuerySet[Petition]) -> None:
        """Move a few quarantined signatures to confirmed; ask another for many."""
        number, waiting = 0, 0
        for petition in chosen:
            if is_large_release(petition):
                waiting += 1
                ask_to_release(request.user, petition)
            else:
                number += release_quarantined(petition)
        self.message_user(request, _("%(number)d released.") % {"number": number})
        if waiting:
            text = _("So many need a second organiser; they were asked.")
            self.message_user(request, text, messages.WARNING)


@admin.register(PlaceToAsk)
class PlaceToAskAdmin(OfPlaces, AnyModelAdmin):
    place_path = "pk"
    list_display = ("name", "country")
    list_filter = ("country",)
    search_fields = ("search_text",)
    actions = ("open_petitions",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Places are added under Cities."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: PlaceToAsk | None = None
    ) -> bool:
        """Places are not deleted here."""
        return False

    def has_open_permission(self, request: HttpRequest) -> bool:
        """Opening a petition here is adding one."""
        return bool(request.user.has_perm("petitions.add_petition"))

    @admin.action(
        permissions=["open"],
        description=gettext_lazy("Open petitions for these places"),
    )
    def open_petitions(
        self, request: HttpRequest, chosen: QuerySet[PlaceToAsk]
    ) -> None:
        """Open one petition a place from the wording template."""
        load_templates()
        opened = [open_for_place(place, today()) for place in chosen]
        number = sum(1 for petition in opened if petition)
        text = ngettext(
            "%(number)d petition opened.", "%(number)d petitions opened.", number
        )
        self.message_user(request, text % {"number": number}, messages.SUCCESS)


@admin.register(WordingTemplate)
class WordingTemplateAdmin(DeskAdmin):
    list_display = ("use", "title")
    fieldsets = [
        (None, {"fields": ["use"]}),
        *in_each_language(*TEXT_FIELDS, "addressee"),
    ]


@admin.register(DailyTally)
class DailyTallyAdmin(OfPlaces, AnyModelAdmin):
    place_path = "petition__place"
    list_display = (
        *("petition", "day", "confirmed", "withdrawn", "quarantined"),
        *("removed", "released", "paper", "hash"),
    )
    date_hierarchy = "day"
    search_fields = ("petition__slug",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tallies come from signatures."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: DailyTally | None = None
    ) -> bool:
        """Tallies are never edited."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: DailyTally | None = None
    ) -> bool:
        """Tallies are never deleted."""
        return False
