"""Which columns of the news exist in three languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from news import press_translation  # noqa: F401 - it registers its own.
from news.models import Article, Correction, Mailing, Picture


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("what",)


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt",)


@register(Mailing)
class MailingTranslation(TranslationOptions):
    fields = ("subject", "text")
