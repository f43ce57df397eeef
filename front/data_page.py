"""The page that describes the open data, with examples."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cities.data_columns import VERSION
from cities.models import RecordCorrection, StatusEvent
from cities.publishing import LICENCE_URL, SOURCES
from detwin.languages import OUTPUT_TAGS, current
from detwin.page_cache import kept
from front.open_data import FILES
from front.petition_columns import AREAS, DAILY

TITLES = {
    "places": gettext_lazy("Places on both sides"),
    "twinnings": gettext_lazy("Agreements, each with its status and source"),
    "status-events": gettext_lazy("What happened to each agreement, with sources"),
    "petitions": gettext_lazy("Petitions and their figures"),
}


@kept
@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """Describe every file; two queries tell when the record last changed."""
    changed_on = last_change()
    files = [
        {"name": name, "title": TITLES[name], "columns": FILES[name]} for name in FILES
    ]
    context = {
        "files": files,
        "daily": DAILY,
        "areas": AREAS,
        "version": VERSION,
        "licence_url": LICENCE_URL,
        "example_day": "2022-11-03",
        "changed_on": changed_on,
        "json_ld": data_block(described(request, changed_on)),
    }
    return render(request, "front/data.html", context)


def last_change() -> datetime.date | None:
    """Return the day on which an event was last recorded or a fact corrected."""
    recorded = StatusEvent.objects.aggregate(day=Max("recorded_on"))["day"]
    corrected = RecordCorrection.objects.aggregate(day=Max("day"))["day"]
    return max((day for day in (recorded, corrected) if day), default=None)


def described(request: HttpRequest, changed_on: datetime.date | None) -> dict[str, Any]:
    """Describe the data set to search engines, in schema.org's words."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _("Agreements of places abroad with places in China"),
        "description": _(
            "Every agreement on record between a place outside China and a place in "
            "China, with its status, history and sources, and the petitions to end it."
        ),
        "url": f"{settings.SITE_URL}{request.path}",
        "inLanguage": OUTPUT_TAGS[current()],
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "version": VERSION,
        "creditText": f"{settings.SITE_NAME}, {settings.SITE_URL}",
        "isBasedOn": [source["url"] for source in SOURCES if source["url"]],
        "creator": {
            "@type": "Organization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{name}.{form}",
                "encodingFormat": kind,
                "contentUrl": f"{settings.SITE_URL}/data/{name}.{form}",
            }
            for name in FILES
            for form, kind in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
    if changed_on:
        found["dateModified"] = changed_on.isoformat()
    return found


def data_block(value: dict[str, Any]) -> SafeString:
    """Write JSON so that it can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)  # noqa: S308 - nothing in it can close the element. # nosec B308 B703
