"""Pages that are one long text: a whole template for each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from detwin.languages import current
from detwin.page_cache import kept

TITLES = {
    "trust": _("How we protect you"),
    "privacy": _("Privacy"),
    "counting": _("How we count"),
    "corrections": _("Corrections"),
    "accessibility": _("Accessibility"),
    "contact": _("Contact"),
    "complaints": _("Complaints"),
    "statement": _("The campaign"),
}


def prose(page: str) -> Callable[..., HttpResponseBase]:
    """Return the view of one page, which names its title and its three texts."""

    @kept
    @require_safe
    def shown(request: HttpRequest) -> HttpResponse:
        return render(request, "front/prose_page.html", prose_context(page))

    return shown


def prose_context(page: str) -> dict[str, Any]:
    """Return the title and the text to include in the reader's language."""
    return {
        "title": TITLES[page],
        "page": page,
        "prose_template": f"front/prose/{page}.{current()}.html",
    }
