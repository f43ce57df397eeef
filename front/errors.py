"""What a reader sees when something is wrong, in the language of the address."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from detwin.refusal import refuse
from safety.organisers.refusals import note_refusal

RETRY_SECONDS = 60
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    with in_its_language(request):
        return refuse(
            request,
            400,
            _("This request could not be read"),
            _("Please go back, check what you entered and try again."),
        )


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed; an organiser's stands in the trail."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        note_refusal(user.get_username(), "refused at the desk", request.path)
    with in_its_language(request):
        return refuse(
            request,
            403,
            _("This is not open to you"),
            _("The page exists, but this request was not allowed to reach it."),
        )


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for what does not exist; nothing is looked up for it."""
    with in_its_language(request):
        return refuse(
            request,
            404,
            _("This page does not exist"),
            _(
                "The address may have been cut off or mistyped, or the page may "
                "have been withdrawn."
            ),
        )


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours with one fixed page that needs nothing to work.

    A database that does not answer or a full disk passes by itself: that is a 503.
    """
    status = 503 if is_passing(sys.exc_info()[1]) else 500
    page = loader.get_template(f"{status}.html").render()
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def is_passing(error: BaseException | None) -> bool:
    """Tell whether the same request may well succeed in a while."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError | InterfaceError)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours; never say why."""
    with in_its_language(request):
        return refuse(
            request,
            403,
            _("This form did not come from our page"),
            _("Please open the page again on this site and send the form from there."),
        )


def in_its_language(request: HttpRequest) -> translation.override:
    """Return the context of the address's language; else of the one now active."""
    code = get_language_from_path(request.path_info) or translation.get_language()
    return translation.override(code)
