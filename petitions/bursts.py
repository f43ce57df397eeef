"""Where signatures come in faster than usual, for organisers to look at.

After confirming no e-mail address is left, so providers are seen only among those
that wait for confirmation.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F

from petitions.models import Petition, Signature
from petitions.posting import UNREADABLE
from petitions.settling import ADDRESS_PURPOSE, today
from safety import day_keys

# A day is looked at when it has so many, and so many times the usual.
FEWEST = 50
TIMES = 5
LOOK_BACK_DAYS = 3
USUAL_DAYS = 28
# Of those who wait, at most so many addresses are opened, and in such a share.
MOST_OPENED = 5_000
DOMAIN_SHARE = 0.5


@dataclass(frozen=True)
class Burst:
    """More than usual: on which petition and day, in which area or from where.

    `usual` is the mean of the days before; zero for a mail provider.
    """

    petition: str
    day: datetime.date
    number: int
    usual: int
    area: str = ""
    domain: str = ""


def bursts() -> list[Burst]:
    """Return what is far above the usual of the last days, the biggest first.

    Three queries, and the addresses that wait for confirmation are opened: for the
    desk's front page, not for the public's.
    """
    found = [*counted_bursts(), *domain_bursts()]
    return sorted(found, key=lambda burst: burst.number, reverse=True)


def counted_bursts() -> Iterator[Burst]:
    """Yield days of petitions, whole and by area, that stand out."""
    since = today() - datetime.timedelta(days=USUAL_DAYS + LOOK_BACK_DAYS)
    for area in ("", "area__slug"):
        rows = Signature.objects.filter(received_on__gt=since)
        if area:
            rows = rows.exclude(area=None)
        keys = ["petition__slug", *([area] if area else [])]
        counts: dict[tuple[str, ...], Counter[datetime.date]] = {}
        for row in rows.values("received_on", *keys).annotate(number=Count("pk")):
            key = tuple(row[name] for name in keys)
            days = counts.setdefault(key, Counter())
            days[row["received_on"]] += row["number"]
        for key, days in counts.items():
            yield from standing_out(key, days)


def standing_out(key: tuple[str, ...], days: Counter[datetime.date]) -> Iterator[Burst]:
    """Yield the last days that are far above the mean of those before."""
    first = today() - datetime.timedelta(days=LOOK_BACK_DAYS - 1)
    usual = sum(n for day, n in days.items() if day < first) / USUAL_DAYS
    for day, number in days.items():
        if day >= first and number >= max(FEWEST, TIMES * usual):
            yield Burst(key[0], day, number, round(usual), area="".join(key[1:]))


def domain_bursts() -> Iterator[Burst]:
    """Yield mail providers that most who wait on one petition have in common."""
    waiting = Signature.objects.waiting().exclude(email_encrypted=None)
    rows = waiting.order_by(F("received_on").desc()).values_list(
        "petition_id", "received_on", "email_encrypted"
    )[:MOST_OPENED]
    totals: Counter[tuple[int, datetime.date]] = Counter()
    domains: Counter[tuple[int, datetime.date, str]] = Counter()
    for petition, day, encrypted in rows:
        totals[petition, day] += 1
        if domain := domain_in(encrypted):
            domains[petition, day, domain] += 1
    slugs = dict(Petition.objects.values_list("pk", "slug")) if domains else {}
    for (petition, day, domain), number in domains.items():
        if number >= max(FEWEST, DOMAIN_SHARE * totals[petition, day]):
            yield Burst(slugs[petition], day, number, 0, domain=domain)


def domain_in(encrypted: bytes | memoryview | None) -> str:
    """Return the domain of an encrypted address; empty once its day key is gone."""
    try:
        address = day_keys.decrypt(bytes(encrypted or b""), ADDRESS_PURPOSE).decode()
    except UNREADABLE:
        return ""
    return address.rpartition("@")[2].lower()
