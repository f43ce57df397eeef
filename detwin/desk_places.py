"""Keeps a City organiser to the rows of their places, in the desk's lists and forms."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from detwin.desk import ChoosesByKey
from safety.organisers.places import places_for

Keys = frozenset[int]


class OfPlaces(ChoosesByKey):
    """An admin whose rows belong to places.

    `place_path` leads from a row to its place, and is empty where rows belong to none
    in particular: a City organiser of some places may read those and no more.
    `of_places` names the fields in which only their places, or what belongs to these,
    can be chosen; with a path to the place each.
    """

    place_path = "place"
    of_places: dict[str, str] = {"place": "pk"}

    def places(self, request: HttpRequest, verb: str) -> Keys | None:
        """Return the places for which the organiser may do something; None for all."""
        name = f"{self.opts.app_label}.{verb}_{self.opts.model_name}"
        return places_for(request.user, name)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Keep the rows that may be seen, or changed where something is posted."""
        rows = super().get_queryset(request)
        places = self.places(request, "change" if request.method == "POST" else "view")
        if places is None or not self.place_path:
            return rows
        return rows.filter(**{f"{self.place_path}__in": places})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show what belongs to the organiser's places."""
        may = bool(super().has_view_permission(request, obj))
        return may and (not self.place_path or self._is_within(request, "view", obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let them change what belongs to their places."""
        may = bool(super().has_change_permission(request, obj))
        return may and self._is_within(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let them delete what belongs to their places, if their role deletes."""
        may = bool(super().has_delete_permission(request, obj))
        return may and self._is_within(request, "delete", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let them add only what has a place to choose."""
        places = self.places(request, "add")
        is_open = places is None or bool(self.of_places and places)
        return is_open and bool(super().has_add_permission(request))

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> Any:
        """Offer and accept only their places, and what belongs to these."""
        rows = super().get_field_queryset(db, db_field, request)
        path, places = self.of_places.get(db_field.name), self._offered(request)
        if path is None or places is None:
            return rows
        every = db_field.remote_field.model._default_manager
        return (every.all() if rows is None else rows).filter(**{f"{path}__in": places})

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Have them choose one: what belongs to no place is not theirs."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if (
            field
            and db_field.name in self.of_places
            and self._offered(request) is not None
        ):
            field.required = True
        return field

    def _offered(self, request: HttpRequest) -> Keys | None:
        match = request.resolver_match
        is_new = bool(match and (match.url_name or "").endswith("_add"))
        return self.places(request, "add" if is_new else "change")

    def _is_within(self, request: HttpRequest, verb: str, obj: Model | None) -> bool:
        places = self.places(request, verb)
        if places is None:
            return True
        if not self.place_path:
            return False
        return obj is None or place_of(obj, self.place_path) in places


def place_of(row: Model, path: str) -> int | None:
    """Follow a path from a row to the key of its place."""
    found: Any = row
    for name in path.split("__"):
        found = getattr(found, name, None)
    key: int | None = found.pk if isinstance(found, Model) else found
    return key
