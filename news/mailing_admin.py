"""The desk's form for news by mail: an article, a list, and texts that may be cut."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from detwin.desk import AnyForm, DeskAdmin, in_each_language
from news.composing import fill_from_article
from news.models import Mailing
from news.models.mailing import TEXTS


class MailingForm(AnyForm):
    """Asks for no text: what is empty is filled from the article."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            if field := self.fields.get(f"{name}_en"):
                field.required = False


@admin.register(Mailing)
class MailingAdmin(DeskAdmin):
    """Drafts are written here; what becomes of them stands on a page of its own."""

    form = MailingForm
    list_display = ("__str__", "to", "state", "made_by", "recipients", "sent")
    list_filter = ("state",)
    list_select_related = ("place", "made_by")
    autocomplete_fields = ("article", "place")
    view_on_site = False

    @admin.display(description=gettext_lazy("to the list of"))
    def to(self, mailing: Mailing) -> Any:
        """Name the list."""
        return mailing.place or gettext_lazy("all news")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for article and list first; the texts are there once it is saved."""
        first = (None, {"fields": ["article", "place"]})
        return [first, *(in_each_language(*TEXTS) if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the article that the texts were made from."""
        return ("article",) if obj else ()

    def has_change_permission(
        self, request: HttpRequest, obj: Mailing | None = None
    ) -> bool:
        """Freeze what another organiser was asked about, and what was sent."""
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or obj.is_open)

    def has_delete_permission(
        self, request: HttpRequest, obj: Mailing | None = None
    ) -> bool:
        """Delete drafts only: what was sent stays on record."""
        may = bool(super().has_delete_permission(request, obj))
        return may and (obj is None or obj.is_open)

    def save_model(
        self, request: HttpRequest, obj: Mailing, form: AnyForm, change: bool
    ) -> None:
        """Fill empty texts from the article, then Simplified from Traditional."""
        obj.made_by = obj.made_by or request.user  # type: ignore[assignment]
        fill_from_article(obj)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Mailing, post_url_continue: Any = None
    ) -> HttpResponse:
        """Lead to the page where it is read, tried and asked for."""
        return redirect(obj.get_absolute_url())

    def response_change(self, request: HttpRequest, obj: Mailing) -> HttpResponse:
        """Lead back there."""
        return redirect(obj.get_absolute_url())
