"""For which places the role of a City organiser is; the other roles are for all.

The rows of places belong to another room: here they are keys, compared with the place
of whatever is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety.organisers.models import Organiser
from safety.organisers.roles import ROLES

ROLE = "City organiser"
_KNOWN = "_desk_reach"


@dataclass(frozen=True)
class Reach:
    """An organiser's roles and direct permissions, and the places of their city role.

    `places` is None where the role is for every place.
    """

    roles: frozenset[str]
    permissions: frozenset[str]
    places: frozenset[int] | None

    def places_for(self, permission: str) -> frozenset[int] | None:
        """Return the places for which one may do something; None for all."""
        others = self.roles - {ROLE}
        if len(others) == len(self.roles) or permission in self.permissions:
            return None
        if any(permission in ROLES.get(role, ()) for role in others):
            return None
        return self.places


EVERYWHERE = Reach(frozenset(), frozenset(), None)


def places_for(organiser: Any, permission: str) -> frozenset[int] | None:
    """Return the keys of the places for which somebody may do something; None for all.

    It does not tell whether they may do it anywhere: their permissions do.
    """
    return reach_of(organiser).places_for(permission)


def theirs(rows: Any, organiser: Any, permission: str, path: str = "place") -> Any:
    """Keep the rows of those places; `path` leads from a row to its place."""
    places = places_for(organiser, permission)
    return rows if places is None else rows.filter(**{f"{path}__in": places})


def reach_of(organiser: Any) -> Reach:
    """Return how far an organiser's roles reach; read once for each request."""
    if organiser.is_superuser or not organiser.is_authenticated:
        return EVERYWHERE
    known: Reach | None = getattr(organiser, _KNOWN, None)
    if known is None:
        known = _read(organiser)
        setattr(organiser, _KNOWN, known)
    return known


def _read(organiser: Any) -> Reach:
    roles = frozenset(organiser.groups.values_list("name", flat=True))
    if ROLE not in roles:
        return EVERYWHERE
    row = Organiser.objects.of(organiser)
    places = None if row.every_place else frozenset(row.place_keys())
    return Reach(roles, frozenset(organiser.get_user_permissions()), places)
