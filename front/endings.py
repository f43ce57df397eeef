"""How many agreements ended in which year, of the world or of one country.

    context["endings"] = endings_chart("GB")
    {% include "cities/_endings.html" %}

One query. Only a year that a source gives is drawn; an ending without a date, or
with one that is merely inferred, is told in words beside the chart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cities.countries import COUNTRIES
from cities.models import StatusEvent
from cities.models.twinning import OVER, Status, latest_of

# In units of the drawing, which is scaled to its column.
WIDTH, TOP, BOTTOM = 360, 20, 120
WIDEST_BAR = 34
# More years than these are not each named below the bars.
MOST_NAMED = 9


@dataclass(frozen=True)
class Bar:
    """One year's endings; `x` and the heights are in units of the drawing."""

    year: int
    ended: int
    lapsed: int
    x: int
    ended_height: int
    lapsed_height: int
    is_named: bool

    @property
    def total(self) -> int:
        """How many agreements ended or lapsed in the year."""
        return self.ended + self.lapsed

    @property
    def lapsed_y(self) -> int:
        """The upper edge of what lapsed, which stands at the foot."""
        return BOTTOM - self.lapsed_height

    @property
    def ended_y(self) -> int:
        """The upper edge of what ended, which stands on what lapsed."""
        return self.lapsed_y - self.ended_height


def endings_chart(country: str | None = None) -> dict[str, Any] | None:
    """Return what `cities/_endings.html` shows; None where nothing has ended.

    `country` is an ISO code such as ``"GB"``; without one the whole world is counted.
    """
    endings = latest_endings(country)
    if not endings:
        return None
    told = [event for event in endings if event.happened]
    dated = [event for event in told if not event.date_inferred]
    bars = bars_of(dated)
    return {
        "country": COUNTRIES.get(country or "", ""),
        "bars": bars,
        "width": WIDTH,
        "bar_width": bar_width(len(bars)),
        "half": bar_width(len(bars)) // 2,
        "total": len(endings),
        "dated": len(dated),
        "inferred": len(told) - len(dated),
        "undated": len(endings) - len(told),
    }


def latest_endings(country: str | None) -> list[StatusEvent]:
    """Return the event by which each tie that is over came to its end."""
    events = StatusEvent.objects.filter(status__in=OVER, twinning__status__in=OVER)
    if country:
        events = events.filter(twinning__place__country=country)
    by_tie: dict[int, list[StatusEvent]] = {}
    for event in events.order_by("pk"):
        by_tie.setdefault(event.twinning_id, []).append(event)
    latest = [latest_of(own) for own in by_tie.values()]
    return [event for event in latest if event]


def bars_of(dated: list[StatusEvent]) -> list[Bar]:
    """Return a bar for each year from the first ending to this year."""
    counted = Counter(
        (event.happened.year, event.status) for event in dated if event.happened
    )
    if not counted:
        return []
    first, last = min(year for year, _ in counted), timezone.now().year
    years = list(range(first, max(last, first) + 1))
    most = max(sum(counted[year, status] for status in OVER) for year in years)
    step, unit = WIDTH / len(years), (BOTTOM - TOP) / most
    return [
        Bar(
            year=year,
            ended=counted[year, Status.ENDED],
            lapsed=counted[year, Status.LAPSED],
            x=round((index + 0.5) * step),
            ended_height=round(counted[year, Status.ENDED] * unit),
            lapsed_height=round(counted[year, Status.LAPSED] * unit),
            is_named=is_named(index, len(years)),
        )
        for index, year in enumerate(years)
    ]


def bar_width(number: int) -> int:
    """Return how wide each of so many bars is."""
    return min(WIDEST_BAR, round(WIDTH / max(number, 1) * 0.7))


def is_named(index: int, number: int) -> bool:
    """Tell whether a year stands below its bar; always the first and the last."""
    every = -(-number // MOST_NAMED)
    return (number - 1 - index) % every == 0
