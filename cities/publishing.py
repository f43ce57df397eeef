"""How the open data is answered: JSON and CSV, with licence, day and version."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cities.as_of import asked_day
from cities.csv_cells import as_csv
from cities.data_columns import VERSION, Column, rows_key, schema_of
from detwin.page_cache import kept

Rows = Iterable[Mapping[str, Any]]
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
LICENCE = f"CC BY-SA 4.0, {LICENCE_URL}"
SOURCES = (
    {
        "name": "Wikipedia contributors",
        "used_for": "most pairs, facts only",
        "licence": "CC BY-SA 4.0",
        "url": "https://en.wikipedia.org/",
    },
    {
        "name": "Councils, newspapers and others named in each row",
        "used_for": "decisions and some pairs, facts only",
        "licence": "facts, in our own words",
        "url": "",
    },
    {
        "name": "Wikidata",
        "used_for": "ids and some pairs",
        "licence": "CC0 1.0",
        "url": "https://www.wikidata.org/",
    },
    {
        "name": "GeoNames",
        "used_for": "coordinates",
        "licence": "CC BY 4.0",
        "url": "https://www.geonames.org/",
    },
)


def published(
    name: str, columns: tuple[Column, ...], form: str, has_history: bool = True
) -> Any:
    """Make a view of a function that returns a file's rows as of a day, or today.

    `form` is json or csv. Any site may read the answer; a day that cannot be is
    answered with 400 and the reason. A file without history is always of today, and
    says so, whatever day is asked for.
    """

    def made(rows_on: Callable[[datetime.date | None], Rows]) -> Any:
        @wraps(rows_on)
        def answer(request: HttpRequest) -> HttpResponse:
            with override("en"):
                try:
                    day = asked_day(request.GET.get("as-of", ""))
                except ValidationError as wrong:
                    return for_all(refused(wrong.messages[0]))
                day = day if has_history else None
                rows = rows_on(day)
                today = timezone.now().date()
                if form == "csv":
                    return for_all(csv_answer(name, columns, rows, day))
                return for_all(json_answer(name, rows, day or today))

        return kept(require_safe(answer))

    return made


def json_answer(name: str, rows: Rows, day: datetime.date) -> HttpResponse:
    """Wrap rows with licence, attribution, sources and day."""
    answer = {
        "version": VERSION,
        "as_of": day.isoformat(),
        "licence": LICENCE,
        "attribution": f"{settings.SITE_NAME}, {settings.SITE_URL}",
        "sources": list(SOURCES),
        "schema": schema_url(name),
        "documentation": f"{settings.SITE_URL}/data/README.md",
        rows_key(name): list(rows),
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def csv_answer(
    name: str, columns: tuple[Column, ...], rows: Rows, day: datetime.date | None
) -> HttpResponse:
    """Write rows as CSV; what has no place in it stands in the headers."""
    content = as_csv([column.name for column in columns], rows)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    file = f"{name}-{day.isoformat()}.csv" if day else f"{name}.csv"
    response["Content-Disposition"] = f'inline; filename="{file}"'
    return response


def schema_answer(name: str, columns: tuple[Column, ...]) -> HttpResponse:
    """Publish the JSON Schema of a file."""
    with override("en"):
        schema = schema_of(name, columns, schema_url(name))
    return for_all(JsonResponse(schema, content_type="application/schema+json"))


def refused(reason: str) -> HttpResponse:
    """Say why there is no answer."""
    answer = {"error": f"as-of: {reason}"}
    return JsonResponse(answer, status=400, headers={"Cache-Control": "no-store"})


def for_all(response: HttpResponse) -> HttpResponse:
    """Let any site read an answer, and lead from it to licence and description."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Content-Disposition"
    response["Link"] = (
        f'<{LICENCE_URL}>; rel="license", </data/README.md>; rel="describedby"'
    )
    return response


def schema_url(name: str) -> str:
    """Return the address of a file's schema."""
    return f"{settings.SITE_URL}/data/schema/{name}.json"
