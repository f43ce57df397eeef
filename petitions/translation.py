"""Which columns of petitions exist in three languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from petitions.models import CouncilReply, Petition, Wording, WordingTemplate


@register(Petition)
class PetitionTranslation(TranslationOptions):
    fields = ("addressee",)


@register(Wording)
class WordingTranslation(TranslationOptions):
    fields = ("title", "ask", "body")


@register(WordingTemplate)
class WordingTemplateTranslation(TranslationOptions):
    fields = ("title", "ask", "body", "addressee")


@register(CouncilReply)
class CouncilReplyTranslation(TranslationOptions):
    fields = ("words",)
