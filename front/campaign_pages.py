"""The joint statement with who signed it, and the groups by city."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.models import Group, StatementSignature
from campaign.statement import DATES, VERSION
from campaign.views import asked_place
from detwin.page_cache import kept
from front.prose import prose_context


@kept
@require_safe
def statement(request: HttpRequest, number: int = VERSION) -> HttpResponse:
    """Show a version; a draft until a group that may be named has signed it."""
    if number not in DATES:
        raise Http404
    signatures = list(StatementSignature.objects.public())
    context = {
        **prose_context(request, "statement", f"statement-{number}"),
        "version": number,
        "since": DATES[number],
        "is_latest": number == VERSION,
        "signatures": [row for row in signatures if row.version == number],
        "earlier": signed_before(number, signatures),
    }
    return render(request, "campaign/statement.html", context)


def signed_before(
    number: int, signatures: list[StatementSignature]
) -> list[StatementSignature]:
    """Return the last signature of each group that signed only older versions."""
    last = {row.group_id: row for row in sorted(signatures, key=lambda s: s.version)}
    return [row for row in last.values() if row.version < number]


@kept
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups that may be named; `?place=` keeps those of one city."""
    place = asked_place(request.GET.get("place", ""))
    found = Group.objects.listed()
    listed = list(found.filter(place=place) if place else found)
    everywhere = [group for group in listed if group.place is None]
    in_cities = [group for group in listed if group.place is not None]
    context = {
        "place": place,
        "everywhere": everywhere,
        "cities": [
            (city, list(own)) for city, own in groupby(in_cities, lambda g: g.place)
        ],
    }
    return render(request, "campaign/groups.html", context)
