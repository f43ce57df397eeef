"""The page that describes the open data, with examples."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cities.data_columns import VERSION
from cities.publishing import LICENCE_URL
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
    """Describe every file; no query."""
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
        "json_ld": data_block(described(request)),
    }
    return render(request, "front/data.html", context)


def described(request: HttpRequest) -> dict[str, Any]:
    """Describe the data set to search engines, in schema.org's words."""
    return {
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
        "dateModified": timezone.now().date().isoformat(),
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


def data_block(value: dict[str, Any]) -> SafeString:
    """Write JSON so that it can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)  # noqa: S308 - nothing in it can close the element. # nosec B308 B703
