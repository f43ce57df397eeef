"""What the desk's pages for rows in three languages have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
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
    AnyPlainTabularInline = admin.TabularInline[Any, Any]
    AnyStackedInline = TranslationStackedInline[Any, Any]
    AnyTabularInline = TranslationTabularInline[Any, Any]
    AnyForm = forms.ModelForm[Any]
    AnyFormSet = forms.BaseInlineFormSet[Any, Any, Any]
    AnyInline = InlineModelAdmin[Any, Any]
else:  # Django's own classes take no type at run time.
    AnyPlainTabularInline = admin.TabularInline
    AnyModelAdmin = admin.ModelAdmin
    AnyTranslationAdmin = TranslationAdmin
    AnyStackedInline = TranslationStackedInline
    AnyTabularInline = TranslationTabularInline
    AnyForm = forms.ModelForm
    AnyFormSet = forms.BaseInlineFormSet
    AnyInline = InlineModelAdmin

MOST_ROWS = 50
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


class KeyedAutocomplete(AutocompleteSelect):
    """A choice by search; what was sent and can be no row's key counts as no choice.

    Django's own asks the database for it, and fails.
    """

    def optgroups(
        self, name: str, value: Sequence[str], attrs: Any = None
    ) -> list[Any]:
        """Return the chosen row, if there is one."""
        keys = [text for text in value if self.is_key(text)]
        return super().optgroups(name, keys, attrs)

    def is_key(self, text: str) -> bool:
        """Tell whether a text can be the key of a row."""
        key = self.field.remote_field.model._meta.pk
        try:
            key.run_validators(key.to_python(text))
        except ValidationError:
            return False
        return True


class ChoosesByKey(AnyModelAdmin):
    """An admin whose choices by search bear whatever is sent."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Give choices by search our own widget."""
        if db_field.name in self.get_autocomplete_fields(request):
            widget = KeyedAutocomplete(
                db_field, self.admin_site, using=kwargs.get("using")
            )
            kwargs.setdefault("widget", widget)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OnceInParent(AnyFormSet):
    """Inline rows of which one of a kind may stand below a parent.

    Django leaves the parent out when it checks constraints, so that two organisers who
    both add a number 2 would meet a failure instead of a sentence.
    """

    def clean(self) -> None:
        """Say below a row what another one has already."""
        super().clean()
        constraints = [
            constraint
            for constraint in self.model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
            and self.fk.name in constraint.fields
        ]
        for form in self.forms:
            is_leaving = form.is_valid() and form.cleaned_data.get("DELETE")
            if form.is_valid() and form.has_changed() and not is_leaving:
                for constraint in constraints:
                    note_taken(form, constraint)


def note_taken(form: AnyForm, constraint: Any) -> None:
    """Note in a form what another row has already."""
    try:
        constraint.validate(type(form.instance), form.instance)
    except ValidationError as error:
        form.add_error(None, error)


class InlineRows(AnyInline):
    """Inline rows, as many as an organiser would ever put on one page.

    Whoever posts a larger number makes the server build as many forms, up to 2,000 by
    Django's own limit.
    """

    formset = OnceInParent
    extra = 0
    most_rows = MOST_ROWS
    max_num = MOST_ROWS

    def get_formset(
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> type[AnyFormSet]:
        """Return the formset with that limit.

        Where nobody may add a row, Django sets `max_num` to 0; the stored ones stay.
        """
        return super().get_formset(request, obj, absolute_max=self.most_rows, **kwargs)


class FillsSimplified(ChoosesByKey):
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


class DeskStackedInline(InlineRows, AnyStackedInline):
    """Inline rows of a model in three languages, one below the other."""

    formfield_overrides = ENCRYPTED_LINKS


class DeskTabularInline(InlineRows, AnyTabularInline):
    """Inline rows of a model in three languages, as a table."""

    formfield_overrides = ENCRYPTED_LINKS


class PlainTabularInline(InlineRows, AnyPlainTabularInline):
    """Inline rows of a model without texts in three languages, as a table."""
