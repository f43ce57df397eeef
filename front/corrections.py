"""What the site got wrong, in public: in its articles and in its record."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cities.models import Place, RecordCorrection
from detwin.page_cache import kept
from front.prose import prose_context
from news.models import Correction

PER_PAGE = 50
LAST_PAGE = 200
ON_A_PLACE = 10


@kept
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show how to report a mistake, and what was corrected in two queries."""
    number = page_number(request.GET.get("page", ""))
    found = newest(number * PER_PAGE + 1)
    context = prose_context(request, "corrections")
    context["corrections"] = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    context["newer"] = number - 1
    has_older = len(found) > number * PER_PAGE and number < LAST_PAGE
    context["older"] = number + 1 if has_older else 0
    return render(request, "front/corrections.html", context)


def newest(number: int) -> list[Any]:
    """Return the newest corrections of published articles and of the record."""
    errors = Correction.objects.of_errors()
    made = errors.filter(article__publish_at__lte=timezone.now())
    articles = made.select_related("article").order_by("-day", "-pk")[:number]
    record = RecordCorrection.objects.newest_first()[:number]
    both = [*record, *articles]
    both.sort(key=lambda correction: correction.day, reverse=True)
    return list(islice(both, number))


def page_number(text: str) -> int:
    """Read the number of a page; anything senseless is the first."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 6
    return min(max(int(text), 1), LAST_PAGE) if is_number else 1


def corrections_of(place: Place) -> list[RecordCorrection]:
    """Return the newest corrections in the record of a place, in one query."""
    return list(RecordCorrection.objects.about(place)[:ON_A_PLACE])
