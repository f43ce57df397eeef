"""What the words of the record mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.definitions import KINDS, SOURCES, STATUSES
from detwin.page_cache import kept


@kept
@require_safe
def definitions_page(request: HttpRequest) -> HttpResponse:
    """Show each word once, with its mark."""
    context = {"statuses": STATUSES, "kinds": KINDS, "sources": SOURCES}
    return render(request, "cities/definitions.html", context)
