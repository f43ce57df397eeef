"""How many ties stand, are over or not known: one way of counting for all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cities.models import Twinning
from cities.models.twinning import Status


@dataclass(frozen=True)
class Counts:
    """Numbers of ties; every tie is in exactly one of them."""

    presumed: int = 0
    confirmed: int = 0
    under_review: int = 0
    suspended: int = 0
    ended: int = 0
    lapsed: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, ties: Iterable[tuple[str, bool]]) -> Counts:
        """Count ties given as status and whether it is confirmed."""
        return cls(**Counter(named(status, confirmed) for status, confirmed in ties))

    @property
    def total(self) -> int:
        """All ties."""
        return self.standing + self.on_hold + self.over + self.unknown

    @property
    def standing(self) -> int:
        """Ties that stand, presumed or confirmed."""
        return self.presumed + self.confirmed

    @property
    def on_hold(self) -> int:
        """Ties that are under review or suspended."""
        return self.under_review + self.suspended

    @property
    def over(self) -> int:
        """Ties that have ended or lapsed."""
        return self.ended + self.lapsed


def named(status: str, confirmed: bool) -> str:
    """Return under which name a tie is counted."""
    if status == Status.ACTIVE:
        return "confirmed" if confirmed else "presumed"
    return str(Status(status).value)


def count(ties: Iterable[Twinning]) -> Counts:
    """Count ties as they were loaded: as of today, or as of an earlier day."""
    return Counts.of((tie.status, tie.confirmed) for tie in ties)
