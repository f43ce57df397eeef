"""Which sessions a desk page is for, as decorators of views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from safety.organisers import standing

View = Callable[..., HttpResponseBase]


def for_organisers(view: View) -> View:
    """Let in whoever is logged in, however: pages about their own account only."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_active and request.user.is_staff):
            return to_login(request)
        return view(request, *args, **kwargs)

    return checked


def at_the_desk(*permissions: str) -> Callable[[View], View]:
    """Let in whom the desk is open to and who has one of these permissions."""

    def decorate(view: View) -> View:
        @for_organisers
        @wraps(view)
        def checked(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not standing.may_enter(request):
                return redirect("access:home")
            if not any(map(request.user.has_perm, permissions)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def fresh(view: View) -> View:
    """Ask for the passkey again unless it was shown within five minutes.

    What was posted is not kept: the page is opened again afterwards.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return proof_first(request) or view(request, *args, **kwargs)

    return checked


def proof_first(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the passkey page when it must be shown again, else None."""
    if standing.is_fresh(request):
        return None
    if request.method == "POST":
        text = _("Nothing was done yet. Show your passkey, then do it again.")
        messages.warning(request, text)
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('access:prove')}?{query}")


def to_login(request: HttpRequest) -> HttpResponse:
    """Return the way to the login page and back."""
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('admin:login')}?{query}")


def where_next(request: HttpRequest) -> str:
    """Return where the organiser was going, if that is on this site; else the desk."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:index")
