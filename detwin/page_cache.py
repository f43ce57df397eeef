"""Finished public pages, kept for a few seconds and handed out whole.

The outermost middleware. A page goes in only when a view has marked it with
`kept(...)`; it carries no cookie and depends on nothing but its address.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# The only query arguments of public pages; any other address is never stored, so
# that a stranger cannot fill the cache with invented ones.
KNOWN_ARGUMENTS = {"q", "country", "status", "sort", "page", "place", "lang"}
# Every day since the record began has a page of each place: too many to store, but
# other caches and readers may keep them.
UNSTORED_ARGUMENTS = {"as-of"}
LONGEST_QUERY = 80
MARK = "_detwin_kept"
# A page that is no longer fresh is handed out while the database does not answer.
SPARE_SECONDS = 3_600


class StoredPage(NamedTuple):
    """A finished page, and until when it need not be made again."""

    content: bytes
    headers: list[tuple[str, Any]]
    fresh_until: float


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view whose successful answers may be kept and shared."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        setattr(response, MARK, True)
        return response

    return marked


class PageCacheMiddleware:
    """Answers from the cache before any other middleware runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = cache_key(request)
        if key is None and not is_unstored(request):
            return self.get_response(request)
        stored = caches["pages"].get(key) if key else None
        if stored and time.time() < stored.fresh_until:
            return restored(request, stored)
        response = self.get_response(request)
        if stored and response.status_code == 503:
            return restored(request, stored)
        if not getattr(response, MARK, False) or not isinstance(response, HttpResponse):
            return response
        finish(response)
        if key and is_storable(response) and settings.PAGE_CACHE_SECONDS:
            caches["pages"].set(key, stored_page(response), SPARE_SECONDS)
        return conditional(request, response)


def cache_key(request: HttpRequest) -> str | None:
    """Return the key of a page that may be shared, or None."""
    if request.method not in ("GET", "HEAD"):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and (
        len(query) > LONGEST_QUERY or not set(request.GET) <= KNOWN_ARGUMENTS
    ):
        return None
    host = request.META.get("HTTP_HOST", "")
    scheme = "https" if request.is_secure() else "http"
    whole = f"{scheme}://{host}{request.path}?{query}"
    return f"page:{hashlib.blake2s(whole.encode(), digest_size=16).hexdigest()}"


def is_unstored(request: HttpRequest) -> bool:
    """Tell whether a page is finished like a kept one, but made for each request."""
    return request.method in ("GET", "HEAD") and bool(
        UNSTORED_ARGUMENTS & set(request.GET)
    )


def finish(response: HttpResponse) -> None:
    """Give a finished page its entity tag and how long others may keep it."""
    seconds = max(settings.PAGE_CACHE_SECONDS, 1)
    response.headers.setdefault(
        "Cache-Control",
        f"public, max-age={seconds}, stale-while-revalidate={seconds * 6}, "
        "stale-if-error=86400",
    )
    digest = hashlib.blake2s(response.content, digest_size=12).hexdigest()
    response.headers.setdefault("ETag", quote_etag(digest))
    response.headers["Content-Length"] = str(len(response.content))


def is_storable(response: HttpResponse) -> bool:
    """Tell whether an answer is whole, successful and nobody's own."""
    varies = response.headers.get("Vary", "")
    return (
        response.status_code == 200
        and not response.cookies
        and "Cookie" not in varies
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def stored_page(response: HttpResponse) -> StoredPage:
    """Return what is kept of an answer."""
    fresh_until = time.time() + settings.PAGE_CACHE_SECONDS
    headers = list(response.headers.items())
    return StoredPage(response.content, headers, fresh_until)


def restored(request: HttpRequest, stored: StoredPage) -> HttpResponseBase:
    """Rebuild the answer of a stored page."""
    response = HttpResponse(stored.content)
    response.headers._store = {
        name.lower(): (name, value) for name, value in stored.headers
    }
    return conditional(request, response)


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 when the reader already has this very page."""
    if "HTTP_IF_NONE_MATCH" not in request.META or response.status_code != 200:
        return response
    answer = get_conditional_response(
        request, etag=response.headers["ETag"], response=response
    )
    if answer is None:
        return response
    # Django leaves out by what another site's script may read the answer it keeps.
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
