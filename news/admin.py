"""The desk's pages for articles and their corrections."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from detwin.desk import AnyForm, DeskAdmin, DeskStackedInline, in_each_language
from detwin.languages import CODES, NAMES, column, in_language
from news import mailing_admin  # noqa: F401 - it registers its page
from news.models import Article, Correction
from news.slugs import slug_for


class ArticleForm(AnyForm):
    """Asks for a title in any one language, not in English above all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_en"].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse an article without any title."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(column("title", code)) for code in CODES):
            raise ValidationError(_("Write a title in at least one language."))
        return cleaned


class CorrectionInline(DeskStackedInline):
    model = Correction


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """Articles, newest first, with what each still lacks."""

    form = ArticleForm
    inlines = [CorrectionInline]
    list_display = ("__str__", "publish_at", "is_out", "place", "missing_languages")
    list_filter = ("publish_at",)
    list_select_related = ("place",)
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")
    autocomplete_fields = ("place",)
    date_hierarchy = "publish_at"
    ordering = ("-publish_at", "slug")
    fieldsets = [
        (None, {"fields": ["publish_at", "place", "petition_slug", "slug"]}),
        *in_each_language("title", "summary", "body"),
    ]

    def save_model(
        self, request: HttpRequest, obj: Article, form: AnyForm, change: bool
    ) -> None:
        """Save the article, with a slug made for it when none was typed."""
        obj.slug = obj.slug or slug_for(obj)
        super().save_model(request, obj, form, change)

    @admin.display(boolean=True, description=gettext_lazy("published"))
    def is_out(self, article: Article) -> bool:
        """Tell whether the public can read it."""
        return article.is_published

    @admin.display(description=gettext_lazy("languages still missing"))
    def missing_languages(self, article: Article) -> str:
        """Name the languages that have no title or no body yet."""
        return ", ".join(
            NAMES[code]
            for code in CODES
            if not all(in_language(article, field, code) for field in ("title", "body"))
        )
