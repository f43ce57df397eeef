"""Which columns of the press room exist in three languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from news.models import PressAsset, PressContact, Quote, Release, Spokesperson


@register(PressContact)
class PressContactTranslation(TranslationOptions):
    fields = ("role", "note")


@register(PressAsset)
class PressAssetTranslation(TranslationOptions):
    fields = ("alt",)


@register(Spokesperson)
class SpokespersonTranslation(TranslationOptions):
    fields = ("role",)


@register(Quote)
class QuoteTranslation(TranslationOptions):
    fields = ("words",)


@register(Release)
class ReleaseTranslation(TranslationOptions):
    fields = ("title", "summary", "body")
