"""Answers that several rooms give."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST: the browser fetches the next page with GET."""

    status_code = 303


def no_store(response: Answer, robots: str = "noindex") -> Answer:
    """Have nobody keep an answer, and no search engine list it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = robots
    return response
