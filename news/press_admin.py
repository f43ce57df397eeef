"""The desk's pages for the press room."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from detwin.desk import (
    AnyForm,
    AnyFormSet,
    AnyModelAdmin,
    DeskAdmin,
    DeskStackedInline,
    FillsSimplified,
    PlainTabularInline,
    in_each_language,
)
from news.models import (
    Coverage,
    OutletLink,
    PressAsset,
    PressContact,
    Quote,
    Release,
    Spokesperson,
)
from news.press_forms import (
    PressAssetForm,
    QuoteForm,
    ReleaseForm,
    SpokespersonForm,
)
from news.press_pictures import remove, store
from news.slugs import slug_for
from safety import audit


@admin.register(PressContact)
class PressContactAdmin(DeskAdmin):
    """Whom the press may reach."""

    list_display = ("name", "email", "phone", "is_shown", "position")
    search_fields = ("name",)
    fieldsets = [
        (None, {"fields": ["name", "email", "phone", "position", "is_shown"]}),
        *in_each_language("role", "note"),
    ]


class OutletLinkInline(PlainTabularInline):
    """Links for named outlets; each one's address stands here to be copied."""

    model = OutletLink
    max_num = most_rows = 200
    can_delete = False
    fields = ("outlet", "works_until", "is_revoked", "address", "made_at")
    readonly_fields = ("address", "made_at")

    @admin.display(description=_("address to give out"))
    def address(self, link: OutletLink) -> str:
        """Show the address while it opens something."""
        if not link.pk:
            return str(_("after saving"))
        if link.is_revoked:
            return str(_("revoked"))
        return format_html(
            "<code>{}{}</code>", settings.SITE_URL, link.get_absolute_url()
        )


@admin.register(Release)
class ReleaseAdmin(DeskAdmin):
    """Press releases, newest first."""

    form = ReleaseForm
    inlines = [OutletLinkInline]
    list_display = ("__str__", "embargo_until", "is_out", "place")
    list_select_related = ("place",)
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")
    autocomplete_fields = ("place",)
    ordering = ("-embargo_until", "slug")
    fieldsets = [
        (None, {"fields": ["embargo_until", "place", "slug"]}),
        *in_each_language("title", "summary", "body"),
    ]

    def save_model(
        self, request: HttpRequest, obj: Release, form: AnyForm, change: bool
    ) -> None:
        """Save the release, with a slug made for it when none was typed."""
        obj.slug = obj.slug or slug_for(obj)
        super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: AnyForm, formset: AnyFormSet, change: bool
    ) -> None:
        """Save the links, and write down which outlet's was made or revoked."""
        with transaction.atomic():
            super().save_formset(request, form, formset, change)
            for link in [*formset.new_objects, *(row for row, _ in changed(formset))]:
                verb = "revoked" if link.is_revoked else "set"
                label = f"{link.release.slug}: {link.outlet}"
                audit.record(str(request.user), f"press link {verb}", label)

    @admin.display(boolean=True, description=_("public"))
    def is_out(self, release: Release) -> bool:
        """Tell whether everybody can read it."""
        return release.is_public


def changed(formset: AnyFormSet) -> list[tuple[OutletLink, list[str]]]:
    """Return the links that were changed, with the names of their fields."""
    return list(getattr(formset, "changed_objects", []))


@admin.register(PressAsset)
class PressAssetAdmin(DeskAdmin):
    """Pictures for the press."""

    form = PressAssetForm
    list_display = ("slug", "credit", "licence", "is_shown", "size")
    search_fields = ("slug", "credit")
    fieldsets = [
        (None, {"fields": ["upload", "slug", "credit", "licence"]}),
        (None, {"fields": ["people_agreed", "is_shown"]}),
        *in_each_language("alt"),
    ]

    def save_model(
        self, request: HttpRequest, obj: PressAsset, form: Any, change: bool
    ) -> None:
        """Write the new files first, then the row, and at last drop the old files."""
        before = obj.digest
        if form.drawn:
            store(form.drawn)
            obj.digest, obj.weight = form.drawn.digest, len(form.drawn.full)
            obj.width, obj.height = form.drawn.width, form.drawn.height
        super().save_model(request, obj, form, change)
        if before and before != obj.digest:
            transaction.on_commit(partial(remove_unused, before))

    def delete_model(self, request: HttpRequest, obj: PressAsset) -> None:
        """Delete the row and its files."""
        self.delete_queryset(request, PressAsset.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete rows and their files."""
        digests = list(queryset.values_list("digest", flat=True))
        super().delete_queryset(request, queryset)
        for digest in digests:
            transaction.on_commit(partial(remove_unused, digest))

    @admin.display(description=_("pixels"))
    def size(self, picture: PressAsset) -> str:
        """Show width and height."""
        return f"{picture.width} × {picture.height}"


def remove_unused(digest: str) -> None:
    """Delete a picture's files unless another row shows the same picture."""
    if not PressAsset.objects.filter(digest=digest).exists():
        remove(digest)


class QuoteInline(DeskStackedInline):
    model = Quote
    form = QuoteForm


@admin.register(Spokesperson)
class SpokespersonAdmin(DeskAdmin):
    """Who speaks for the campaign, and the words they approved."""

    form = SpokespersonForm
    inlines = [QuoteInline]
    list_display = ("name", "agreed_on", "position")
    search_fields = ("name",)
    fieldsets = [
        (None, {"fields": ["name", "agreed_on", "position"]}),
        *in_each_language("role"),
    ]


@admin.register(Coverage)
class CoverageAdmin(AnyModelAdmin):
    """What others published."""

    formfield_overrides = FillsSimplified.formfield_overrides
    list_display = ("title", "outlet", "day", "language")
    list_filter = ("language",)
    search_fields = ("title", "outlet")
