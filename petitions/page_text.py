"""A petition's page in two steps: its text, kept for a minute, and its figures, fresh.

The text is the same for everybody and changes a few times a year; the figures change
with every signer. In a burst only the figures are rendered anew.
"""

from __future__ import annotations

import hashlib
from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.template.loader import render_to_string

from petitions.models import Petition
from petitions.page import numbers_of, page_context
from petitions.sharing import CHANNELS
from petitions.terms import terms_of
from safety.recipients import live_public_keys
from safety.switches import switches_on

# Where the template leaves room for the figures, and what stands there.
FIGURES = {
    "<!--numbers-->": "petitions/_numbers.html",
    "<!--count-->": "petitions/_count.html",
}


# The last page with its figures is kept this long, for as long as they are the same.
WHOLE_SECONDS = 5
# No query, and the channels that our own share links name.
SHARED_QUERIES = ("", *(f"from={channel}" for channel in CHANNELS))


def whole_page(request: HttpRequest, petition: Petition) -> str:
    """Return the finished page with the figures as they are on `petition`.

    An address with a query of its own is never stored: a stranger could fill the
    cache with invented ones, and push the real ones out of it.
    """
    if request.META.get("QUERY_STRING", "") not in SHARED_QUERIES:
        return with_figures(render_text(request, petition), petition)
    key, figures = text_key(request, petition), figures_of(petition)
    known = caches["pages"].get(f"{key}:whole")
    if known and known[0] == figures:
        return str(known[1])
    page = with_figures(kept_text(key, request, petition), petition)
    seconds = min(WHOLE_SECONDS, settings.PAGE_TEXT_SECONDS)
    caches["pages"].set(f"{key}:whole", (figures, page), seconds)
    return page


def figures_of(petition: Petition) -> tuple[int, ...]:
    """Return the figures that the page shows, as they are now."""
    return (
        *(petition.supporters, petition.council_valid),
        *(petition.paper, petition.in_person),
    )


def with_figures(page: str, petition: Petition) -> str:
    """Put the figures where the text leaves room for them."""
    context = {
        "numbers": numbers_of(petition),
        "is_running": petition.is_running,
        "council": petition.place,
    }
    for room, template in FIGURES.items():
        page = page.replace(room, render_to_string(template, context))
    return page


def kept_text(key: str, request: HttpRequest, petition: Petition) -> str:
    """Return the page with room for the figures, from the cache if it is there."""
    make = partial(render_text, request, petition)
    return str(caches["pages"].get_or_set(key, make, settings.PAGE_TEXT_SECONDS))


def render_text(request: HttpRequest, petition: Petition) -> str:
    """Render the page with room for the figures."""
    context = page_context(petition)
    return render_to_string("petitions/petition.html", context, request)


def text_key(request: HttpRequest, petition: Petition) -> str:
    """Name a text by all that it depends on: address, state, wording, switches, …"""
    parts = (
        request.get_full_path(),
        petition.state,
        petition.is_running,
        petition.closes_on,
        petition.deletes_on,
        petition.wording.sha256,
        terms_of(petition),
        [key.key_id for key in live_public_keys()],
        sorted(switches_on()),
    )
    whole = repr(parts).encode()
    return f"petition:{hashlib.blake2s(whole, digest_size=16).hexdigest()}"
