"""Addresses for machines: health, crawlers, security researchers, home screens."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from detwin.languages import CODES
from detwin.page_cache import kept

SECURITY_TEXT_DAYS = 180
# Each icon's file, its pixels, and what a phone may do with it.
ICONS = (
    ("img/icon-192.png", 192, "any"),
    ("img/icon-512.png", 512, "any"),
    ("img/icon-maskable-512.png", 512, "maskable"),
)
PAPER = "#fdfcfa"
PLAIN = "text/plain; charset=utf-8"


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return HttpResponse("ok", content_type=PLAIN, headers={"Cache-Control": "no-store"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, and nothing about why not."""
    is_ready = database_answers()
    return HttpResponse(
        "ok" if is_ready else "not ready",
        status=200 if is_ready else 503,
        content_type=PLAIN,
        headers={"Cache-Control": "no-store"},
    )


def database_answers() -> bool:
    """Ask the database for one number."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@kept
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where not to go; signers' links are nobody's to index."""
    closed = [f"Disallow: /{code}/s/" for code in CODES]
    lines = ["User-agent: *", *closed, f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@kept
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell who finds a hole whom to write to (RFC 9116)."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = today + datetime.timedelta(days=SECURITY_TEXT_DAYS)
    lines = [
        f"Contact: {contact()}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, zh",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


def contact() -> str:
    """Return the address for reports: the controller's, else the contact page."""
    if settings.CONTROLLER_EMAIL:
        return f"mailto:{settings.CONTROLLER_EMAIL}"
    with override("en"):
        return f"{settings.SITE_URL}{reverse('front:contact')}"


@kept
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to a phone that puts it on its home screen."""
    described = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": "/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons(),
    }
    return JsonResponse(described, content_type="application/manifest+json")


def icons() -> list[dict[str, str]]:
    """Return the site's icons that exist."""
    return [
        {
            "src": static(name),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in ICONS
        if finders.find(name)
    ]


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the old address to the icon."""
    return HttpResponseRedirect(static("img/icon-192.png"))
