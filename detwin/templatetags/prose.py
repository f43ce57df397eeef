"""Markdown in templates: a translated field, or any text."""

from __future__ import annotations

from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from detwin.languages import OUTPUT_TAGS, best_of, current
from detwin.safe_markdown import rendered
from detwin.templatetags.languages import ONLY_IN

register = Library()


@register.simple_tag
def prose(instance: Any, field: str) -> SafeString:
    """Show a translated Markdown field; what is in another language says so."""
    found, code = best_of(instance, field)
    if not found or code == current():
        return rendered(found)
    return format_html(
        '<div lang="{}">{}</div><p class="fallback">({})</p>',
        OUTPUT_TAGS[code],
        rendered(found),
        ONLY_IN[code],
    )


@register.filter
def markdown(text: str | None) -> SafeString:
    """Turn Markdown into safe HTML whose headings start at the second level."""
    return rendered(text or "")
