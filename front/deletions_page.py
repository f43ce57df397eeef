"""What was deleted, in public: a page and a file."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.publishing import csv_answer, for_all
from detwin.page_cache import kept
from front.petition_columns import DELETIONS
from petitions.deletion_log import deletions

SHOWN = 200


@kept
@require_safe
def deletions_page(request: HttpRequest) -> HttpResponse:
    """Show the newest lines of the log; one query."""
    context = {"lines": deletions()[:SHOWN]}
    return render(request, "front/deletions.html", context)


@kept
@require_safe
def deletions_file(request: HttpRequest) -> HttpResponse:
    """Publish the whole log."""
    rows = [asdict(line) for line in deletions()]
    return for_all(csv_answer("deletions", DELETIONS, rows, None))
