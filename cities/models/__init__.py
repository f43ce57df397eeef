"""The sourced record: places, councils and their rules, twinnings and their history."""

from cities.models.candidate import TwinningCandidate
from cities.models.correction import RecordCorrection
from cities.models.council import Council, PetitionRules, Threshold
from cities.models.error_report import ErrorReport
from cities.models.missing_place import MissingPlace
from cities.models.place import Place
from cities.models.twinning import StatusEvent, Twinning

__all__ = [
    "Council",
    "ErrorReport",
    "MissingPlace",
    "PetitionRules",
    "Place",
    "RecordCorrection",
    "StatusEvent",
    "Threshold",
    "Twinning",
    "TwinningCandidate",
]
