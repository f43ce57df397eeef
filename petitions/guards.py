"""What is checked before a public form is read at all: size, origin, frequency.

A signer has no authority that another site could borrow, so the form needs no
cookie and no secret; what a foreign page posts is refused by its origin.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from detwin.refusal import refuse
from safety.throttling import Limit, is_over

# For one network (a /24 or /56): a stall, a shared VPN exit or a phone company's
# gateway stands behind one, so they are wide.
SIGN = Limit("sign", 300, 600)
CODE = Limit("code", 30, 600)
LINK = Limit("link", 20, 3600)

View = Callable[..., HttpResponse]


def guarded(limit: Limit) -> Callable[[View], View]:
    """Let a view see only POSTs that are small, our own and not too many.

    GET and HEAD go back to the petition; any other method is refused.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def checked(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                return redirect("petitions:petition", slug=slug)
            refusal = refusal_of(request) or frequency_refusal(request, limit)
            response = refusal or view(request, slug, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        return checked

    return decorate


def refusal_of(request: HttpRequest) -> HttpResponse | None:
    """Refuse by method, size or origin; None when the request may be read.

    Then it is read as UTF-8, whatever character set it names: Python knows some
    that no text is in.
    """
    if request.method != "POST":
        return method_refusal(request)
    if body_size(request) > settings.MAX_FORM_BYTES:
        return refuse(
            request,
            413,
            _("This is too long"),
            _("Please go back and shorten what you typed. Nothing was recorded."),
        )
    if not is_own_origin(request):
        return refuse(
            request,
            403,
            _("This form did not come from our page"),
            _("Please open the page again on this site and send the form from there."),
        )
    request.encoding = "utf-8"
    return None


def method_refusal(request: HttpRequest) -> HttpResponse:
    """Refuse a request that is neither for reading nor for sending a form."""
    response = refuse(
        request,
        405,
        _("This cannot be done here"),
        _("Please open the page again."),
    )
    response.headers["Allow"] = "GET, HEAD, POST"
    return response


def body_size(request: HttpRequest) -> int:
    """Return the announced size of the body in bytes; zero when none is.

    What is no number, or has too many digits, is taken for more than enough.
    """
    announced = request.META.get("CONTENT_LENGTH") or "0"
    is_number = announced.isascii() and announced.isdecimal() and len(announced) < 20
    return int(announced) if is_number else settings.MAX_FORM_BYTES + 1


def frequency_refusal(request: HttpRequest, limit: Limit) -> HttpResponse | None:
    """Refuse when this network has done this too often lately."""
    if not is_over(request, limit):
        return None
    response = refuse(
        request,
        429,
        _("Busy, please try again later"),
        _(
            "Many people are using this from your network just now. Nothing was "
            "recorded; please try again in a while."
        ),
    )
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def is_own_origin(request: HttpRequest) -> bool:
    """Tell whether a POST comes from our own pages, as far as the browser says.

    In-app browsers send no `Origin`, or `null`; that passes unless
    `Sec-Fetch-Site` says that another site is behind it.
    """
    origin = request.META.get("HTTP_ORIGIN", "null")
    if origin != "null":
        own = f"{request.scheme}://{request.get_host()}"
        return origin.lower() in (own.lower(), settings.SITE_URL.lower())
    return bool(request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin")
