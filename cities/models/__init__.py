"""The sourced record: places, councils and their rules, twinnings and their history."""

from cities.models.council import Council, PetitionRules, Threshold
from cities.models.missing_place import MissingPlace
from cities.models.place import Place
from cities.models.twinning import StatusEvent, Twinning

__all__ = [
    "Council",
    "MissingPlace",
    "PetitionRules",
    "Place",
    "StatusEvent",
    "Threshold",
    "Twinning",
]
