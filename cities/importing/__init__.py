"""CSV back into the record: read, plan row by row, then apply exactly that plan."""

from cities.importing.applying import Moved, apply_plan
from cities.importing.kinds import KINDS, Kind
from cities.importing.planning import Plan, make_plan
from cities.importing.reading import LARGEST_BYTES, Unreadable

__all__ = [
    "KINDS",
    "LARGEST_BYTES",
    "Kind",
    "Moved",
    "Plan",
    "Unreadable",
    "apply_plan",
    "make_plan",
]
