"""Pages that are one long text: a whole template for each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
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
    "about": _("About this site"),
    "faq": _("Questions and answers"),
    "start": _("How to start in your city"),
}
# What stands above a page that is not about safety, as (address, title).
ABOVE = {"start": ("campaign:statement", _("The campaign"))}
SAFETY = ("front:trust", TITLES["trust"])
TOP = ("trust", "about", "faq")
HEADING = re.compile(r'<h2 id="([a-z0-9-]+)">([^<]+)</h2>')
# A shorter page is read faster than its contents.
LONG = 5


def prose(page: str) -> Callable[..., HttpResponseBase]:
    """Return the view of one page, which names its title and its three texts."""

    @kept
    @require_safe
    def shown(request: HttpRequest) -> HttpResponse:
        context = prose_context(request, page)
        return render(request, "front/prose_page.html", context)

    return shown


def prose_context(request: HttpRequest, page: str, file: str = "") -> dict[str, Any]:
    """Return title, text and contents of a page in the reader's language."""
    template = f"front/prose/{file or page}.{current()}.html"
    text = render_to_string(template, request=request)
    headings = HEADING.findall(text)
    return {
        "title": TITLES[page],
        "above": None if page in TOP else ABOVE.get(page, SAFETY),
        "prose_template": template,
        "prose": text,
        "contents": headings if len(headings) >= LONG else [],
    }
