"""The joint statement with who signed it, and the groups by city."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.models import Group, StatementSignature
from campaign.statement import VERSION
from campaign.views import asked_place
from detwin.page_cache import kept
from front.prose import prose_context


@kept
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Show the statement; a draft until a group that may be named has signed it."""
    signatures = StatementSignature.objects.public()
    context = {
        **prose_context(request, "statement"),
        "version": VERSION,
        "signatures": [row for row in signatures if row.version == VERSION],
        "earlier": signed_before(signatures),
    }
    return render(request, "campaign/statement.html", context)


def signed_before(signatures: Any) -> list[StatementSignature]:
    """Return the last signature of each group that has not signed this version."""
    last = {row.group_id: row for row in sorted(signatures, key=lambda s: s.version)}
    return [row for row in last.values() if row.version != VERSION]


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
