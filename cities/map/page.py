"""`/map.svg`: the map of agreements, of the world, one country or one place."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cities.as_of import asked_day
from cities.countries import COUNTRIES
from cities.map.drawing import FEW, draw_fitted, draw_world, inset_of
from cities.map.labels import country_labels, end_labels, name_of
from cities.map.look import POLICY, STYLE
from cities.map.ties import CONFIRMED, DrawnTie, drawn_of, drawn_ties, look_of
from cities.models import Twinning
from cities.models.twinning import OVER, Status
from cities.publishing import for_all, refused
from detwin.languages import CODES, OUTPUT_TAGS
from detwin.page_cache import kept


@dataclass(frozen=True)
class Asked:
    """What a reader asks the map for; senseless arguments are no address of ours."""

    language: str
    country: str
    place: str
    day: datetime.date | None = None

    @classmethod
    def of(cls, arguments: QueryDict) -> Asked:
        """Read the arguments of the address."""
        asked = cls(
            language=arguments.get("lang", CODES[0]),
            country=arguments.get("country", "").upper(),
            place=arguments.get("place", ""),
            day=asked_day(arguments.get("as-of", "")),
        )
        known = {"", *COUNTRIES}
        if asked.language not in CODES or asked.country not in known:
            raise Http404
        if asked.country and asked.place:
            raise Http404
        return asked

    def keeps(self, tie: DrawnTie) -> bool:
        """Tell whether a tie is of the country or place that was asked for."""
        if self.place:
            return self.place in (tie.place.slug, tie.chinese_place.slug)
        return self.country in ("", tie.place.country)

    @property
    def is_world(self) -> bool:
        """Tell whether all ties are asked for."""
        return not self.country and not self.place


@kept
@require_safe
def world_map(request: HttpRequest) -> HttpResponse:
    """Draw the ties that were asked for, in one query; 404 where there are none.

    An earlier day costs two queries more; one that is none is refused in words.
    """
    try:
        with override(CODES[0]):
            asked = Asked.of(request.GET)
    except ValidationError as wrong:
        return for_all(refused(wrong.messages[0]))
    looks = looks_on(asked.day) if asked.day else None
    ties = [tie for tie in drawn_ties(looks) if asked.keeps(tie)]
    if not ties and not asked.is_world:
        raise Http404
    with override(asked.language):
        picture = render_to_string("cities/map.svg", context_of(asked, ties))
    headers = {
        "Content-Language": OUTPUT_TAGS[asked.language],
        "Content-Security-Policy": POLICY,
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(picture, content_type="image/svg+xml", headers=headers)


def looks_on(day: datetime.date) -> dict[int, str]:
    """Return how each tie that had been agreed by a day is drawn."""
    return {
        tie.pk: look_of(tie.status, tie.confirmed)
        for tie in drawn_of(Twinning.objects.as_of(day))
    }


def context_of(asked: Asked, ties: list[DrawnTie]) -> dict[str, Any]:
    """Return what the template of the map shows."""
    drawing = draw_world(ties) if asked.is_world else draw_fitted(ties)
    labels = country_labels if asked.is_world else end_labels
    return {
        "drawing": drawing,
        "inset": inset_of(ties, drawing.sheet) if asked.country else None,
        "labels": labels(ties, drawing.sheet),
        "kind": kind_of(asked, ties),
        "title": title_of(asked, ties),
        "description": described(ties),
        "tag": OUTPUT_TAGS[asked.language],
        "style": mark_safe(STYLE),  # noqa: S308 - our own constant # nosec B308 B703
    }


def kind_of(asked: Asked, ties: list[DrawnTie]) -> str:
    """Name the classes of the map: how strong lines may be depends on their number."""
    if asked.is_world:
        return "world"
    return "fitted few" if len(ties) <= FEW else "fitted"


def title_of(asked: Asked, ties: list[DrawnTie]) -> str:
    """Name the map, in the language that is active."""
    day = asked.day or timezone.now().date()
    values = {"day": date_format(day, "DATE_FORMAT")}
    if asked.country:
        values["country"] = str(COUNTRIES[asked.country])
        return _("Agreements of %(country)s with places in China, %(day)s") % values
    if asked.place:
        ends = (end for tie in ties for end in (tie.place, tie.chinese_place))
        end = next(end for end in ends if end.slug == asked.place)
        values["place"] = name_of(end)[0]
        return _("The agreements of %(place)s on the map, %(day)s") % values
    return _("Agreements between councils and places in China, %(day)s") % values


def described(ties: list[DrawnTie]) -> str:
    """Say in words what the map shows."""
    counted = Counter(tie.look for tie in ties)
    values = {
        "presumed": counted[Status.ACTIVE],
        "confirmed": counted[CONFIRMED],
        "over": sum(counted[status] for status in OVER),
    }
    values["other"] = len(ties) - sum(values.values())
    said = _(
        "Each line is one agreement and leads to a place in China. Presumed to stand: "
        "%(presumed)d. Confirmed as standing: %(confirmed)d. Ended or lapsed: "
        "%(over)d. Under review, suspended or not known: %(other)d."
    )
    return said % values
