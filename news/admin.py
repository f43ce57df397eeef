"""The desk's pages for articles and the notes on them."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from detwin.desk import AnyForm, DeskAdmin, DeskStackedInline, in_each_language
from detwin.desk_places import OfPlaces
from detwin.languages import CODES, NAMES, OUTPUT_TAGS, current
from news import mailing_admin, picture_admin, press_admin  # noqa: F401 - they register
from news.article_form import ArticleForm, CorrectionForm
from news.models import Article, Correction
from news.previews import preview_path
from news.slugs import slug_for
from news.text_changes import missing_in, older_in


class CorrectionInline(DeskStackedInline):
    model = Correction
    form = CorrectionForm


@admin.register(Article)
class ArticleAdmin(OfPlaces, DeskAdmin):
    """Articles, newest first, with what each still lacks."""

    form = ArticleForm
    inlines = [CorrectionInline]
    list_display = (
        "__str__",
        "publish_at",
        "is_out",
        "place",
        "missing_languages",
        "older_languages",
    )
    list_filter = ("publish_at",)
    list_select_related = ("place",)
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")
    autocomplete_fields = ("place", "status_event", "lead_picture")
    readonly_fields = ("preview", "clock")
    date_hierarchy = "publish_at"
    ordering = ("-publish_at", "slug")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("preview", "publish_at", "clock", "place", "petition_slug"),
                    *("status_event", "lead_picture", "written_in", "slug"),
                ]
            },
        ),
        *in_each_language("title", "summary", "body"),
    ]

    def save_model(
        self, request: HttpRequest, obj: Article, form: AnyForm, change: bool
    ) -> None:
        """Save the article, with a slug made for it when none was typed."""
        obj.slug = obj.slug or slug_for(obj)
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj: Article) -> str:
        """Lead to the article, or to its preview while it is not out."""
        return (
            obj.get_absolute_url() if obj.is_published else preview_path(obj, current())
        )

    @admin.display(description=gettext_lazy("see it as readers will"))
    def preview(self, article: Article) -> str | SafeString:
        """Link to the article in each language, out or not."""
        if not article.pk:
            return _("Save it first.")
        links = format_html_join(
            " · ",
            '<a href="{}" lang="{}">{}</a>',
            [(preview_path(article, c), OUTPUT_TAGS[c], NAMES[c]) for c in CODES],
        )
        return format_html(
            "{}<br>{}",
            links,
            _(
                "As last saved. Whoever you give such an address reads the draft for "
                "seven days, without an account."
            ),
        )

    @admin.display(description=gettext_lazy("the time now"))
    def clock(self, article: Article) -> str:
        """Show the time by which articles appear."""
        return f"{timezone.now():%Y-%m-%d %H:%M:%S} UTC"

    @admin.display(boolean=True, description=gettext_lazy("published"))
    def is_out(self, article: Article) -> bool:
        """Tell whether the public can read it."""
        return article.is_published

    @admin.display(description=gettext_lazy("languages still missing"))
    def missing_languages(self, article: Article) -> str:
        """Name the languages that have no title or no body yet."""
        return ", ".join(NAMES[code] for code in missing_in(article))

    @admin.display(description=gettext_lazy("older than their source"))
    def older_languages(self, article: Article) -> str:
        """Name the languages whose source has changed since."""
        return ", ".join(NAMES[code] for code in older_in(article))
