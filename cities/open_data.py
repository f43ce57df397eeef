"""The record as open data: flat rows with stable keys, for anybody to use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cities.models import Place, StatusEvent, Twinning
from cities.models.twinning import Status, latest_of
from detwin.page_cache import kept

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
SOURCES = (
    "Facts from the sources linked in each row, among them Wikipedia (CC BY-SA 4.0) "
    "and Wikidata (CC0); coordinates from GeoNames (CC BY 4.0)"
)


@kept
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Publish every place; coordinates are degrees in WGS 84."""
    return published("places", [place_row(place) for place in _place_values()])


@kept
@require_safe
def twinnings(request: HttpRequest) -> HttpResponse:
    """Publish every tie with the event that its status rests on."""
    ties = Twinning.objects.select_related("place", "chinese_place")
    ordered = ties.only(*TIE_COLUMNS).order_by("place__slug", "chinese_place__slug")
    with_events = ordered.prefetch_related("events")
    return published("twinnings", [twinning_row(tie) for tie in with_events])


def published(name: str, rows: list[dict[str, Any]]) -> HttpResponse:
    """Wrap rows with licence, attribution and day; any site may read the answer."""
    answer = {
        "licence": LICENCE,
        "attribution": f"{settings.SITE_NAME}, {settings.SITE_URL}. {SOURCES}",
        "as_of": timezone.now().date().isoformat(),
        name: rows,
    }
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


TIE_COLUMNS = (
    "place__slug",
    "chinese_place__slug",
    "kind",
    "established_on",
    "status",
    "confirmed",
)
PLACE_COLUMNS = {
    "slug": "slug",
    "name_en": "name_en",
    "name_zh_hant": "name_zh_hant",
    "name_zh_hans": "name_zh_hans",
    "country": "country",
    "region_en": "region_en",
    "council_en": "council__name_en",
    "council_zh_hant": "council__name_zh_hant",
    "council_zh_hans": "council__name_zh_hans",
    "wikidata_id": "wikidata_id",
}


def _place_values() -> Any:
    columns = (*PLACE_COLUMNS.values(), "latitude", "longitude")
    return Place.objects.order_by("slug").values(*columns)


def place_row(values: dict[str, Any]) -> dict[str, Any]:
    """Return one place's row; a missing text is empty, never null."""
    texts = {key: values[column] or "" for key, column in PLACE_COLUMNS.items()}
    coordinates = {key: float(values[key]) for key in ("latitude", "longitude")}
    return texts | coordinates


def twinning_row(tie: Twinning) -> dict[str, Any]:
    """Return one tie's row; `confirmed` is false where it is presumed from a list."""
    event = latest_of(tie.events.all())
    return {
        "place": tie.place.slug,
        "chinese_place": tie.chinese_place.slug,
        "kind": tie.kind,
        "established_on": tie.established_on,
        "status": tie.status,
        "confirmed": tie.confirmed,
        "since": since(tie, event),
        "source_title": event.source_title if event else "",
        "source_url": event.source_url if event else "",
        "source_kind": event.source_kind if event else "",
        "archived_url": event.archived_url if event else "",
    }


def since(tie: Twinning, event: StatusEvent | None) -> str:
    """Return since when the status holds, as exactly as known: year, month or day.

    The day a list was read is not when its ties began, so a tie that stands by a
    list alone holds since it was established.
    """
    if tie.status == Status.ACTIVE and not tie.confirmed:
        return tie.established_on
    return event.happened_on if event else ""
