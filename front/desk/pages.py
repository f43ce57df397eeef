"""What the desk's own pages have in common: who may see them, and their frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safety.organisers.places import places_for

View = Callable[..., HttpResponse]


def desk_page(*permissions: str) -> Callable[[View], Any]:
    """Open a view to organisers who have every one of these permissions.

    Strangers are led to the login; an organiser without them is refused.
    """

    def decorate(view: View) -> Any:
        @wraps(view)
        def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(allowed)

    return decorate


def for_every_place(view: View) -> View:
    """Refuse who may act for some places only: what is done here has no one place."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if places_for(request.user, "cities.change_twinningcandidate") is not None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return allowed


def desk_render(
    request: HttpRequest, template: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a template of `front/desk/` in the desk's frame."""
    whole = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"front/desk/{template}", whole, status=status)
