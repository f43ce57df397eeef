"""Which columns of the campaign exist in three languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from campaign.models import Event, Group, JointAction


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "where", "exact_place", "note")


@register(JointAction)
class JointActionTranslation(TranslationOptions):
    fields = ("title",)


@register(Group)
class GroupTranslation(TranslationOptions):
    fields = ("name", "about")
