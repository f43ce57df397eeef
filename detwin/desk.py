"""What the desk's pages for rows in three languages have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import (
    TranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)

from detwin.languages import CODES, NAMES, column
from detwin.simplified import fill_simplified

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyTranslationAdmin = TranslationAdmin[Any]
    AnyStackedInline = TranslationStackedInline[Any, Any]
    AnyTabularInline = TranslationTabularInline[Any, Any]
    AnyForm = forms.ModelForm[Any]
    AnyFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:  # Django's own classes take no type at run time.
    AnyModelAdmin = admin.ModelAdmin
    AnyTranslationAdmin = TranslationAdmin
    AnyStackedInline = TranslationStackedInline
    AnyTabularInline = TranslationTabularInline
    AnyForm = forms.ModelForm
    AnyFormSet = forms.BaseInlineFormSet

SIMPLIFIED_HINT = _(
    "Leave a field empty to have it made from Traditional Chinese. What you write "
    "here yourself stays."
)
# An address typed without a scheme is taken to be an encrypted one.
ENCRYPTED_LINKS: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


def in_each_language(*fields: str) -> list[Any]:
    """Return one fieldset per language, named in that language itself."""
    return [
        (
            NAMES[code],
            {
                "fields": [column(field, code) for field in fields],
                "description": SIMPLIFIED_HINT if code == "zh-hans" else None,
            },
        )
        for code in CODES
    ]


class FillsSimplified(AnyModelAdmin):
    """An admin that fills in the Simplified texts of its rows and inline rows."""

    formfield_overrides = ENCRYPTED_LINKS

    def save_model(
        self, request: HttpRequest, obj: Any, form: AnyForm, change: bool
    ) -> None:
        """Save the row with its Simplified texts filled in."""
        fill_simplified(obj)
        super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: AnyForm, formset: AnyFormSet, change: bool
    ) -> None:
        """Save the inline rows with their Simplified texts filled in."""
        for row in formset.save(commit=False):
            fill_simplified(row)
        super().save_formset(request, form, formset, change)


class DeskAdmin(FillsSimplified, AnyTranslationAdmin):
    """The admin of a model in three languages."""


class DeskStackedInline(AnyStackedInline):
    """Inline rows of a model in three languages, one below the other."""

    formfield_overrides = ENCRYPTED_LINKS
    extra = 0


class DeskTabularInline(AnyTabularInline):
    """Inline rows of a model in three languages, as a table."""

    formfield_overrides = ENCRYPTED_LINKS
    extra = 0
