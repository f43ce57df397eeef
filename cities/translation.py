"""Which columns of the record exist in three languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from cities.models import (
    Council,
    PetitionRules,
    Place,
    RecordCorrection,
    StatusEvent,
    Threshold,
)


@register(Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name", "region")


@register(Council)
class CouncilTranslation(TranslationOptions):
    fields = ("name",)


@register(PetitionRules)
class PetitionRulesTranslation(TranslationOptions):
    fields = ("kept_for", "notice", "note")


@register(Threshold)
class ThresholdTranslation(TranslationOptions):
    fields = ("triggers",)


@register(StatusEvent)
class StatusEventTranslation(TranslationOptions):
    fields = ("summary",)


@register(RecordCorrection)
class RecordCorrectionTranslation(TranslationOptions):
    fields = ("what", "why")
