"""Events and a group that show a development site in use. Each says what it is."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from campaign.local_times import in_zone
from campaign.models import Event, Group
from cities.models import Place

ZONE = "Europe/London"
NOTE = {
    "summary_en": "Made for the development site. It takes place nowhere.",
    "summary_zh_hant": "為開發用網站而設，實際並無此活動。",
    "summary_zh_hans": "为开发用网站而设，实际并无此活动。",
}
# By slug: the days from today, the city, and what else the event says.
EVENTS: dict[str, tuple[int, str, dict[str, Any]]] = {
    "demo-stall": (
        10,
        "leeds",
        {
            "kind": Event.Kind.STALL,
            "title_en": "Demonstration: street stall",
            "title_zh_hant": "示範：街站",
            "title_zh_hans": "演示：街头摊位",
            "where_en": "A square in the centre",
            "where_zh_hant": "市中心某廣場",
            "where_zh_hans": "市中心某广场",
            "exact_place_en": "Beside a fountain that does not exist",
            "exact_place_zh_hant": "並不存在的噴泉旁",
            "exact_place_zh_hans": "并不存在的喷泉旁",
        },
    ),
    "demo-rally": (
        17,
        "manchester",
        {
            "kind": Event.Kind.RALLY,
            "state": Event.State.MOVED,
            "title_en": "Demonstration: rally",
            "title_zh_hant": "示範：集會",
            "title_zh_hans": "演示：集会",
            "note_en": "A day later than first said.",
            "note_zh_hant": "較原定日期延後一日。",
            "note_zh_hans": "比原定日期推迟一天。",
        },
    ),
    "demo-march": (
        24,
        "sheffield",
        {
            "kind": Event.Kind.MARCH,
            "state": Event.State.CANCELLED,
            "title_en": "Demonstration: march",
            "title_zh_hant": "示範：遊行",
            "title_zh_hans": "演示：游行",
            "note_en": "Cancelled, to show how that looks.",
            "note_zh_hant": "已取消，以展示取消時的模樣。",
            "note_zh_hans": "已取消，以展示取消时的样子。",
        },
    ),
}
GROUP = {
    "name_en": "Demonstration group",
    "name_zh_hant": "示範團體",
    "name_zh_hans": "演示团体",
    "about_en": "Made for the development site. There is no such group.",
    "about_zh_hant": "為開發用網站而設，實際並無此團體。",
    "about_zh_hans": "为开发用网站而设，实际并无此团体。",
}


def make_demo_campaign() -> None:
    """Make what is missing or over; leave the rest as somebody has changed it."""
    for slug, (days, city, values) in EVENTS.items():
        event = Event.objects.filter(slug=slug).first()
        if event is None or event.is_over:
            in_days(slug, days, city, values)
    place = Place.objects.filter(slug="leeds").first()
    agreed = {"place": place, "state": "approved", "agreed_on": timezone.localdate()}
    Group.objects.get_or_create(name_en=GROUP["name_en"], defaults={**GROUP, **agreed})


def in_days(slug: str, days: int, city: str, values: dict[str, Any]) -> None:
    """Store an event so many days from now, from eleven to three by the clocks."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    defaults = {
        **NOTE,
        **values,
        "place": Place.objects.filter(slug=city).first(),
        "time_zone": ZONE,
        "starts_at": at(day, 11),
        "ends_at": at(day, 15),
        "is_public": True,
    }
    if "exact_place_en" in values:
        defaults["exact_place_from"] = at(day, 8)
    if values.get("state") == Event.State.MOVED:
        defaults["moved_from"] = at(day - datetime.timedelta(days=1), 11)
    Event.objects.update_or_create(slug=slug, defaults=defaults)


def at(day: datetime.date, hour: int) -> datetime.datetime:
    """Return the moment of an hour that no change of the clocks touches."""
    return in_zone(datetime.datetime.combine(day, datetime.time(hour)), ZONE)
