"""Pages of the record as it stood on an earlier day: `?as-of=2020-04-15`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cities.as_of import asked_day, beginning_of
from cities.models import Twinning
from detwin.refusal import refuse

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class AsOf:
    """The earlier day a page is for.

    `begins` is the earliest day on record among what the page shows, in so far as
    the asked day lies before it: then nothing at all is known.
    """

    day: datetime.date
    permalink: str
    begins: datetime.date | None
    query: str

    @classmethod
    def of(
        cls, day: datetime.date | None, path: str, ties: Iterable[Twinning], **more: str
    ) -> AsOf | None:
        """Describe the day of a page; None for a page of today."""
        if day is None:
            return None
        begins = beginning_of(ties)
        is_before = begins is not None and day < begins
        kept = {name: value for name, value in more.items() if value}
        query = urlencode({**kept, "as-of": day.isoformat()})
        return cls(
            day=day,
            permalink=f"{settings.SITE_URL}{path}?{query}",
            begins=begins if is_before else None,
            query=f"?as-of={day.isoformat()}",
        )


def on_a_day(view: View) -> View:
    """Give a view the day that is asked for, or None; refuse what is no past day."""

    @wraps(view)
    def dated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            day = asked_day(request.GET.get("as-of", ""))
        except ValidationError as wrong:
            title = _("We cannot show the record for that day")
            why = wrong.messages[0]
            return refuse(request, 400, title, why, asks_day=True, today=today())
        return view(request, *args, day=day, **kwargs)

    return dated


def today() -> datetime.date:
    """Return today's date in UTC, by which the record counts its days."""
    return timezone.now().date()
