"""The figures the site shows, computed from its database as of today."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from cities.countries import COUNTRIES
from cities.models import Twinning
from cities.models.twinning import ASKABLE, Status
from petitions.models import Petition

Tie = tuple[str, bool, int, str]


def all_ties() -> list[Tie]:
    """Return status, confirmed, place and country of every tie, in one query."""
    columns = ("status", "confirmed", "place_id", "place__country")
    return list(Twinning.objects.values_list(*columns))


def figures(ties: list[Tie]) -> dict[str, Any]:
    """Count ties by status, places that can still be asked, and signatures."""
    statuses = Counter(status for status, *_ in ties)
    askable = {
        (place, country) for status, _, place, country in ties if status in ASKABLE
    }
    return {
        **standing(ties),
        "ended": statuses[Status.ENDED],
        "lapsed": statuses[Status.LAPSED],
        "suspended": statuses[Status.SUSPENDED],
        "under_review": statuses[Status.UNDER_REVIEW],
        "unknown": statuses[Status.UNKNOWN],
        "places": len(askable),
        "countries": len({country for _, country in askable}),
        "petitions_open": Petition.objects.running().count(),
        "supporters": _supporters(),
        "as_of": timezone.now().date(),
    }


def by_country(ties: list[Tie]) -> list[dict[str, Any]]:
    """Count places and ties of each country, the one with most places first."""
    grouped: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        grouped[tie[3]].append(tie)
    rows = [_country_row(code, found) for code, found in grouped.items()]
    return sorted(rows, key=lambda row: (-row["places"], row["code"]))


def _country_row(code: str, ties: list[Tie]) -> dict[str, Any]:
    statuses = Counter(status for status, *_ in ties)
    return {
        "code": code,
        "name": COUNTRIES.get(code, code),
        "places": len({place for _, _, place, _ in ties}),
        **standing(ties),
        "ended": statuses[Status.ENDED],
    }


def standing(ties: list[Tie]) -> dict[str, int]:
    """Count the ties that stand, and tell presumed from confirmed."""
    confirmed = [confirmed for status, confirmed, *_ in ties if status == Status.ACTIVE]
    return {
        "standing": len(confirmed),
        "presumed": confirmed.count(False),
        "confirmed": confirmed.count(True),
    }


def _supporters() -> int:
    total = Petition.objects.public().aggregate(total=Sum("supporters"))["total"]
    return total or 0
