"""The organisers' desk: Django's admin behind our own door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from front.to_do import bursts_for, waiting_for
from safety.organisers import door_views
from safety.organisers.standing import may_enter

View = Callable[..., HttpResponseBase]
# What Django lets out when a number is too long for the database, or when an address
# names a field that is none. No form of ours sends either.
NONSENSE = (OverflowError, FieldDoesNotExist)


def refusing_nonsense(view: View) -> View:
    """Answer with 400 what no page of the desk ever sends."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
        except NONSENSE as error:
            raise BadRequest from error
        return response

    return answered


class DeskSite(admin.AdminSite):
    """Asks each request for a session that came by passkey."""

    site_header = site_title = settings.SITE_NAME
    # The public site is one click away, in the organiser's language or not.
    site_url = "/"
    index_template = "desk/index.html"

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        """Register our own pages only: libraries bring some that show too much."""
        home = getattr(admin_class, "__module__", "")
        if not home.startswith(("django.contrib.auth.", "allauth.")):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the desk is open to this session."""
        return super().has_permission(request) and may_enter(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let in organisers only, and fail on nothing that they send."""
        return super().admin_view(refusing_nonsense(view), cacheable)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show our own door."""
        return door_views.log_in(request)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """End the session as our own button does."""
        return door_views.log_out(request)

    def password_change(  # type: ignore[override] # a redirect will do
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the passkeys instead: a real site has no passwords."""
        return redirect("access:home")

    def index(
        self, request: HttpRequest, extra_context: Any = None
    ) -> TemplateResponse:
        """Show first what waits to be done."""
        who = request.user
        to_do = {"to_do": waiting_for(who), "bursts": bursts_for(who)}
        return super().index(request, {**(extra_context or {}), **to_do})
