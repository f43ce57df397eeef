"""How templates show translated texts, numbers and countries."""

from __future__ import annotations

from typing import Any

from django.template import Library
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cities.countries import COUNTRIES
from detwin.languages import OUTPUT_TAGS, best_of, current

register = Library()

ONLY_IN = {
    "en": _("English only"),
    "zh-hant": _("Traditional Chinese only"),
    "zh-hans": _("Simplified Chinese only"),
}
SHARE_LOCALES = {"en": "en_GB", "zh-hant": "zh_HK", "zh-hans": "zh_CN"}


@register.simple_tag
def text(instance: Any, field: str) -> SafeString:
    """Show a translated field; text in another language says which one it is in."""
    found, code = best_of(instance, field)
    if not found or code == current():
        return escape(found)
    return format_html(
        '<span lang="{}">{}</span> <span class="fallback">({})</span>',
        OUTPUT_TAGS[code],
        found,
        ONLY_IN[code],
    )


@register.simple_tag
def plain(instance: Any, field: str) -> str:
    """Give a translated field's text without a marker, for titles and attributes."""
    return best_of(instance, field)[0]


@register.simple_tag(name="number")
def number_tag(value: int | None) -> str:
    """Write a number with its thousands parted."""
    return number(value)


@register.filter
def number(value: int | None) -> str:
    """Write a number with its thousands parted; nothing for no number."""
    return "" if value is None else number_format(value, force_grouping=True)


@register.filter
def language_tag(code: str) -> str:
    """Give the tag that stands in `lang` attributes for one of our codes."""
    return OUTPUT_TAGS.get(code, code)


@register.filter
def share_locale(code: str) -> str:
    """Give the name that OpenGraph has for one of our languages."""
    return SHARE_LOCALES.get(code, SHARE_LOCALES["en"])


@register.filter
def country(code: str) -> str:
    """Name a country in the reader's language; an unknown code stays as it is."""
    return str(COUNTRIES.get(code, code))
