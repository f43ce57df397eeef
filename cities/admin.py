"""The desk's pages for the record of places, councils and twinnings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cities import missing_place_admin  # noqa: F401 - registers its page
from cities.models import (
    Council,
    PetitionRules,
    Place,
    StatusEvent,
    Threshold,
    Twinning,
)
from cities.record_admin import KeepsRecord, KeepsRecordRows
from detwin.desk import (
    AnyForm,
    DeskAdmin,
    DeskStackedInline,
    DeskTabularInline,
    FillsSimplified,
    in_each_language,
)


class CouncilInline(DeskStackedInline):
    model = Council
    formset = KeepsRecord
    show_change_link = True


@admin.register(Place)
class PlaceAdmin(KeepsRecordRows, DeskAdmin):
    """Places, found by any of their names in any script."""

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

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Fold what was typed as the site's own search does."""
        return (queryset.called(search_term) if search_term else queryset), False


@admin.register(Council)
class CouncilAdmin(KeepsRecordRows, DeskAdmin):
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
class PetitionRulesAdmin(KeepsRecordRows, DeskAdmin):
    """What each council asks of a petition, and where that was read."""

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


class StatusEventInline(DeskStackedInline):
    model = StatusEvent
    formset = KeepsRecord


@admin.register(Twinning)
class TwinningAdmin(KeepsRecordRows, FillsSimplified):
    """Ties with their history; the status follows from the events."""

    inlines = [StatusEventInline]
    list_display = ("__str__", "kind", "established_on", "status", "confirmed")
    list_select_related = ("place", "chinese_place")
    list_filter = ("status", "confirmed", "kind", "place__country")
    search_fields = ("place__search_text", "chinese_place__search_text")
    autocomplete_fields = ("place", "chinese_place")
    readonly_fields = ("status", "confirmed")
    ordering = ("place__name_en", "chinese_place__name_en")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find ties by any name of either place."""
        if not search_term:
            return queryset, False
        places = Place.objects.called(search_term).values("pk")
        either = Q(place__in=places) | Q(chinese_place__in=places)
        return queryset.filter(either), False

    def save_related(
        self, request: HttpRequest, form: AnyForm, formsets: Any, change: bool
    ) -> None:
        """Save the events, then derive the tie's status from them."""
        super().save_related(request, form, formsets, change)
        tie = Twinning.objects.get(pk=form.instance.pk)
        tie.derive()
        tie.save(update_fields=["status", "confirmed"])
