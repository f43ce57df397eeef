"""Every address of the site, as its patterns say."""

from __future__ import annotations

from django.urls import URLPattern


def routes(resolver, prefix=""):
    """Return each route with its arguments, such as `en/cities/<slug:slug>/`."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)
