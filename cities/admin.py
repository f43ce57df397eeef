"""The desk's pages for the record of places, councils and twinnings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cities import (  # noqa: F401 - register their pages
    keeping_admin,
    missing_place_admin,
    twinning_admin,
)
from cities.models import Council, PetitionRules, Place, Threshold
from cities.record_admin import KeepsRecord, KeepsRecordRows
from detwin.desk import (
    DeskAdmin,
    DeskStackedInline,
    DeskTabularInline,
    in_each_language,
)
from detwin.desk_places import OfPlaces


class CouncilInline(DeskStackedInline):
    model = Council
    formset = KeepsRecord
    show_change_link = True


@admin.register(Place)
class PlaceAdmin(OfPlaces, KeepsRecordRows, DeskAdmin):
    """Places, found by any of their names in any script."""

    place_path = "pk"
    of_places = {}
    inlines = [CouncilInline]
    list_display = ("name_en", "name_zh_hant", "name_zh_hans", "country", "slug")
    list_filter = ("country",)
    search_fields = ("search_text",)
    ordering = ("name_en", "slug")
    fieldsets = [
        (None, {"fields": ["slug", "country", "other_names"]}),
        *in_each_language("name", "region"),
        (None, {"fields": ["latitude", "longitude", "wikidata_id"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show a City organiser the places in China too, to choose for a tie."""
        theirs, places = super().get_queryset(request), self.places(request, "view")
        is_read = request.method != "POST" and places is not None
        return theirs | Place.objects.in_china() if is_read else theirs

    def has_view_permission(
        self, request: HttpRequest, obj: Place | None = None
    ) -> bool:
        """Let them read of these places, too."""
        is_partner = obj is not None and obj.is_in_china
        return bool(super().has_view_permission(request, None if is_partner else obj))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Fold what was typed as the site's own search does."""
        return (queryset.called(search_term) if search_term else queryset), False


@admin.register(Council)
class CouncilAdmin(OfPlaces, KeepsRecordRows, DeskAdmin):
    """Councils; their rules have a page of their own."""

    list_display = ("__str__", "place", "website")
    list_select_related = ("place",)
    list_filter = ("place__country",)
    search_fields = ("name_en", "name_zh_hant", "name_zh_hans")
    autocomplete_fields = ("place",)
    ordering = ("name_en",)
    fieldsets = [
        (None, {"fields": ["place", "website", "contact"]}),
        *in_each_language("name"),
    ]


class ThresholdInline(DeskTabularInline):
    model = Threshold
    formset = KeepsRecord


@admin.register(PetitionRules)
class PetitionRulesAdmin(OfPlaces, KeepsRecordRows, DeskAdmin):
    """What each council asks of a petition, and where that was read."""

    place_path = "council__place"
    of_places = {"council": "place"}
    inlines = [ThresholdInline]
    list_display = ("council", "takes_outside_petitions", "way", "checked_on")
    list_select_related = ("council",)
    list_filter = ("takes_outside_petitions", "publishes_names")
    search_fields = ("council__name_en", "council__name_zh_hant")
    autocomplete_fields = ("council",)
    fieldsets = [
        (None, {"fields": ["council", "source", "checked_on", "from_stored_copy"]}),
        (None, {"fields": ["takes_outside_petitions", "way", "official_page"]}),
        (None, {"fields": ["asks_postcode", "asks_postal_address"]}),
        (
            None,
            {
                "fields": [
                    "is_connection_known",
                    "allows_lives",
                    "allows_works",
                    "allows_studies",
                    "publishes_names",
                ]
            },
        ),
        *in_each_language("kept_for", "notice", "note"),
    ]
