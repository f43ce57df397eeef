"""The desk of places that readers say are missing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from cities.models.missing_place import MissingPlace
from detwin.desk import AnyModelAdmin
from detwin.desk_places import OfPlaces


@admin.register(MissingPlace)
class MissingPlaceAdmin(OfPlaces, AnyModelAdmin):
    """Read, looked into, and marked as handled; what was told is not changed."""

    place_path = ""
    list_display = ("name", "country", "source", "told_on", "state")
    list_filter = ("state", "country")
    search_fields = ("name", "country")
    readonly_fields = ("name", "country", "source", "told_on")
    actions = ("mark_handled",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readers tell; an organiser who knows of a place adds the place itself."""
        return False

    @admin.action(description=gettext_lazy("Mark as handled"))
    def mark_handled(
        self, request: HttpRequest, chosen: QuerySet[MissingPlace]
    ) -> None:
        """Take the chosen places off the list of what is to be looked into."""
        number = chosen.new().update(  # type: ignore[attr-defined]
            state=MissingPlace.State.HANDLED
        )
        said = ngettext("%(number)d handled.", "%(number)d handled.", number)
        self.message_user(request, said % {"number": number})
