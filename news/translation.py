"""Which columns of the news exist in three languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from news.models import Article, Correction, Mailing


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("what",)


@register(Mailing)
class MailingTranslation(TranslationOptions):
    fields = ("subject", "text")
