"""A press release: for everybody after its hour, for named outlets before it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from detwin.answers import no_store
from detwin.languages import OUTPUT_TAGS, best_of
from detwin.page_cache import kept
from news.embargo import clocks
from news.models import OutletLink, Release


@kept
@require_safe
def release_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a release whose hour has come; any other is not found."""
    releases = Release.objects.public().select_related("place")
    release = get_object_or_404(releases, slug=slug)
    return render(request, "news/press/release.html", content(release))


@require_safe
def embargo_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show a release to the holder of a link; once it is public, lead there.

    No search engine and no cache may keep it. A link that was altered, revoked or is
    too old is not found, and nobody learns which of these it was.
    """
    link = OutletLink.objects.behind(token)
    if link is None or link.release.embargo_until is None:
        raise Http404
    if link.release.is_public:
        response: HttpResponseBase = redirect(link.release)
    else:
        context = content(link.release) | {
            "outlet": link.outlet,
            "clocks": clocks(link.release.embargo_until),
            "works_until": link.works_until,
        }
        response = render(request, "news/press/embargo.html", context)
    return no_store(response, "noindex, nofollow, noarchive")


def content(release: Release) -> dict[str, Any]:
    """Return a release with its text and the language that this is in."""
    body, code = best_of(release, "body")
    return {"release": release, "body": body, "body_tag": OUTPUT_TAGS[code]}
