"""A petition's page in two steps: its text, kept for a minute, and its figures, fresh.

The text is the same for everybody and changes a few times a year; the figures change
with every signer. In a burst only the figures are rendered anew.
"""

from __future__ import annotations

import hashlib
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string

from petitions.models import Petition
from petitions.page import numbers_of, page_context
from petitions.terms import terms_of
from safety.recipients import live_public_keys

# Where the template leaves room for the figures, and what stands there.
FIGURES = {
    "<!--numbers-->": "petitions/_numbers.html",
    "<!--count-->": "petitions/_count.html",
}


# No query, and the channels that our own share links and QR codes name.
SHARED_QUERIES = ("", "from=wa", "from=tg", "from=mail", "from=qr")


def whole_page(request: HttpRequest, petition: Petition) -> str:
    """Return the finished page with the figures as they are on `petition`."""
    page = kept_text(request, petition)
    context = {
        "numbers": numbers_of(petition),
        "is_running": petition.is_running,
        "council": petition.place,
    }
    for room, template in FIGURES.items():
        page = page.replace(room, render_to_string(template, context))
    return page


def kept_text(request: HttpRequest, petition: Petition) -> str:
    """Return the page with room for the figures, from the cache if it is there.

    An address with a query of its own is never stored: a stranger could fill the
    cache with invented ones, and push the throttle's counters out of it.
    """
    if request.META.get("QUERY_STRING", "") not in SHARED_QUERIES:
        return render_text(request, petition)
    make = partial(render_text, request, petition)
    key = text_key(request, petition)
    return str(cache.get_or_set(key, make, settings.PAGE_TEXT_SECONDS))


def render_text(request: HttpRequest, petition: Petition) -> str:
    """Render the page with room for the figures."""
    context = page_context(petition)
    return render_to_string("petitions/petition.html", context, request)


def text_key(request: HttpRequest, petition: Petition) -> str:
    """Name a text by all that it depends on: address, state, dates, wording, terms."""
    keys = [key.fingerprint for key in live_public_keys()]
    parts = [
        request.get_full_path(),
        petition.state,
        petition.is_running,
        petition.closes_on,
        petition.deletes_on,
        petition.wording.sha256,
        terms_of(petition),
        keys,
    ]
    whole = "|".join(map(str, parts)).encode()
    return f"petition:{hashlib.blake2s(whole, digest_size=16).hexdigest()}"
