"""The one page on which a request is refused, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(
    request: HttpRequest, status: int, title: str, message: str, **more: Any
) -> HttpResponse:
    """Return the error page for an HTTP status; no cache may keep it."""
    context = {"status": status, "title": title, "message": message, **more}
    response = render(request, "front/error.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
