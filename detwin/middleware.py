"""What every response carries, and what only the desk may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from detwin import languages
from detwin.refusal import refuse
from safety.organisers.sessions import keep_language, keep_limits
from safety.switches import is_read_only

GetResponse = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Features that no page of ours needs. Only names that Chromium knows everywhere:
# it complains of any other on each page. `web-share` is one it knows on phones only;
# its default is our own origin, which is what we want.
FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera"),
    *("display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid"),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "usb", "xr-spatial-tracking"),
)
CLOSED = [f"{feature}=()" for feature in FEATURES]
PUBLIC_PERMISSIONS = ", ".join(
    [
        *CLOSED,
        "clipboard-write=(self)",
        "publickey-credentials-get=()",
        "publickey-credentials-create=()",
    ]
)
DESK_PERMISSIONS = ", ".join(
    [
        *CLOSED,
        "clipboard-write=()",
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
)
# Pages that other sites may embed as data or as a picture.
SHARED_PATH = re.compile(r"^/(data/|map\.svg$)")


def is_desk(path: str) -> bool:
    """Tell whether a path belongs to the organisers' desk."""
    return path.startswith(f"/{settings.DESK_PATH}/")


class HeadersMiddleware:
    """Sends the security headers on every answer, whatever its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        desk = is_desk(request.path)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers["Permissions-Policy"] = DESK_PERMISSIONS if desk else PUBLIC_PERMISSIONS
        headers["X-Frame-Options"] = "DENY"
        headers.setdefault(
            "Cross-Origin-Resource-Policy",
            "cross-origin" if SHARED_PATH.match(request.path) else "same-origin",
        )
        if desk:
            headers["Cache-Control"] = "no-store"
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Takes a public page's language from its address and from nothing else.

    `/` and aliases such as `/zh-hk/…` are answered here: Django's redirect would say
    `Vary: Cookie`, though no page depends on one. The rest is left to Django.
    """

    get_response: GetResponse

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = request.path_info[1:].partition("/")[0]
        if code not in languages.CODES:
            redirect = redirect_to_language(request)
            return redirect or super().__call__(request)  # type: ignore[return-value]
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


def redirect_to_language(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect for `/` or an alias path, or None when there is none."""
    query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
    if request.path == "/":
        code = translation.get_language_from_request(request)
        found = HttpResponseRedirect(f"/{code}/{query}")
        found["Cache-Control"] = "public, max-age=300"
        patch_vary_headers(found, ("Accept-Language",))
        return found
    first, _, rest = request.path.lstrip("/").partition("/")
    code = languages.ALIASES.get(first.lower(), "")
    if not code and first.lower() in languages.CODES and first not in languages.CODES:
        code = first.lower()
    return HttpResponsePermanentRedirect(f"/{code}/{rest}{query}") if code else None


class DeskMiddleware(SessionMiddleware, AuthenticationMiddleware, MessageMiddleware):
    """Session, organiser, language and messages of the desk, and of nothing else.

    No public page has a cookie, and each pays for one middleware instead of four.
    """

    get_response: GetResponse

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_desk(request.path):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[return-value]

    def process_request(self, request: HttpRequest) -> None:
        """Open what a desk request needs; log out whoever's time is over."""
        SessionMiddleware.process_request(self, request)
        speak_chosen_language(request)
        AuthenticationMiddleware.process_request(self, request)
        keep_limits(request)
        keep_language(request)
        MessageMiddleware.process_request(self, request)

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        """Store the messages that wait, then the session they live in."""
        answer = MessageMiddleware.process_response(self, request, response)
        return SessionMiddleware.process_response(self, request, answer)


def speak_chosen_language(request: HttpRequest) -> None:
    """Take the desk's language from `?language=` or the session, not the address."""
    wanted = request.GET.get("language")
    if wanted in languages.CODES:
        request.session["language"] = wanted
    if code := request.session.get("language"):
        translation.activate(code)
        request.LANGUAGE_CODE = code


class ReadOnlyMiddleware:
    """Takes nothing from the public while organisers have made the site read-only.

    One place for every form, so that no new one can forget it. The desk goes on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_write = request.method not in ("GET", "HEAD", "OPTIONS")
        if is_write and not is_desk(request.path) and is_read_only():
            return read_only_refusal(request)
        return self.get_response(request)


def read_only_refusal(request: HttpRequest) -> HttpResponse:
    """Say that nothing was changed and what that means for a signer."""
    response = refuse(
        request,
        503,
        _("This site can only be read just now"),
        _(
            "Nothing was recorded or changed. What you have signed stays as it is, "
            "and so does your link. Please try again later."
        ),
    )
    response.headers["Retry-After"] = "3600"
    return response


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: the site, its languages and this page's twins."""
    code = languages.current()
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language_tag": languages.OUTPUT_TAGS[code],
        "language_links": language_links(request, code),
        "controller": {
            "name": settings.CONTROLLER_NAME,
            "address": settings.CONTROLLER_ADDRESS,
            "email": settings.CONTROLLER_EMAIL,
        },
        "follow_links": settings.FOLLOW_LINKS,
        "hashtags": settings.HASHTAGS,
        "is_demo": settings.DEBUG,
    }


def language_links(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return this same page in each language: path with query, tags and name."""
    first, _, rest = request.path.lstrip("/").partition("/")
    if first not in languages.CODES:
        rest = ""
    query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
    return [
        {
            "code": code,
            "tag": languages.OUTPUT_TAGS[code],
            "name": languages.SHORT_NAMES[code],
            "full_name": languages.NAMES[code],
            "path": f"/{code}/{rest}",
            "href": f"/{code}/{rest}{query}",
            "is_current": code == current,
        }
        for code in languages.CODES
    ]
