"""The history of the campaign, put together from what the site has on record.

Nothing here is written by hand: councils' decisions come from the record, days of
action from the campaign's room, the rest from articles and petitions. A correction
there corrects the history.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.models import JointAction
from cities.models import Place, StatusEvent
from cities.partial_dates import PartialDate
from detwin.page_cache import kept
from front.as_of import today
from news.models import Article
from petitions.models import HandIn, Petition

# How the record's files end the key of a row that only says that a list has a pair.
ONLY_LISTED = "/listed"


@dataclass(frozen=True)
class Moment:
    """Something that happened: when, what kind it is, its rows and its article."""

    happened: PartialDate | None
    kind: str
    rows: list[Any]
    article: Article | None = None

    @property
    def order(self) -> tuple[datetime.date, str, str]:
        """Sort key: the last day it can mean, so that bare years end their year."""
        last = self.happened.last_day if self.happened else datetime.date.max
        return last, self.kind, f"{self.rows[0]}"


@kept
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Show what happened, year by year, the oldest first."""
    moments = sorted(all_moments(), key=lambda moment: moment.order)
    dated = [moment for moment in moments if moment.happened]
    years = groupby(dated, lambda moment: moment.happened and moment.happened.year)
    decisions = [m for m in moments if m.kind == "decision"]
    context = {
        "years": [(year, list(own)) for year, own in years],
        "undated": [moment for moment in moments if not moment.happened],
        "decisions": sum(len(moment.rows) for moment in decisions),
        "places": len({moment.rows[0].twinning.place_id for moment in decisions}),
    }
    return render(request, "front/history.html", context)


def all_moments() -> Iterator[Moment]:
    """Yield everything once; an article stands with what it tells of."""
    left = list(Article.objects.published().select_related("place"))
    for action in past_actions():
        day = exact(action.day)
        yield Moment(day, "action", [action], take(left, None, day))
    for (place, text), rows in decisions():
        happened = PartialDate.parse(text)
        yield Moment(happened, "decision", rows, take(left, place, happened))
    for article in left:
        yield Moment(exact(day_of(article)), "article", [article], article)
    for hand_in in hand_ins():
        yield Moment(exact(hand_in.day), "hand_in", [hand_in])
        for reply in hand_in.replies.all():
            yield Moment(exact(reply.day), "reply", [reply])


def take(
    left: list[Article], place: int | None, happened: PartialDate | None
) -> Article | None:
    """Take out the article about a place that is dated within what is known."""
    if happened is None:
        return None
    first, last = happened.first_day, happened.last_day
    for article in left:
        if article.place_id == place and first <= day_of(article) <= last:
            left.remove(article)
            return article
    return None


def day_of(article: Article) -> datetime.date:
    """Return the day of a published article."""
    return article.publish_at.date() if article.publish_at else today()


def exact(day: datetime.date) -> PartialDate:
    """Return a day as a date that is known to the day."""
    return PartialDate(day.year, day.month, day.day)


def past_actions() -> list[JointAction]:
    """Return the joint action days that have been, with their places."""
    places = Prefetch("places", Place.objects.in_name_order())
    return list(JointAction.objects.filter(day__lte=today()).prefetch_related(places))


def decisions() -> Iterator[tuple[tuple[int, str], list[StatusEvent]]]:
    """Yield what a source says was decided or done in one place at one time."""
    events = (
        StatusEvent.objects.exclude(record_key__endswith=ONLY_LISTED)
        .select_related("twinning__place", "twinning__chinese_place")
        .order_by("twinning__place_id", "happened_on", "sequence", "pk")
    )
    for key, rows in groupby(events, lambda e: (e.twinning.place_id, e.happened_on)):
        yield key, list(rows)


def hand_ins() -> list[HandIn]:
    """Return the hand-ins of public petitions with the councils' replies."""
    public = HandIn.objects.filter(petition__in=Petition.objects.public())
    return list(public.select_related("petition__place").prefetch_related("replies"))
