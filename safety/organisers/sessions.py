"""The sessions of organisers: one at a time, half an hour idle, eight hours in all."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from safety import audit
from safety.organisers.models import Organiser
from safety.organisers.standing import How, prove

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_STRANGER_SECONDS = 600
_SINCE, _LANGUAGE = "desk_since", "language"


def sign_in(
    request: HttpRequest, user: Any, how: How, passkey: int | None = None
) -> None:
    """Begin an organiser's session and note how they came in, in the trail too."""
    with transaction.atomic():
        login(request, user, backend=_BACKEND)
        prove(request, how, passkey)
        audit.record(user.get_username(), f"logged in by {how}")


@receiver(user_logged_in, dispatch_uid="desk-session-begins")
def begin(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """End the organiser's other session, and open this one in their language."""
    session = request.session
    session.set_expiry(None)  # A stranger's ends sooner.
    session[_SINCE] = time.time()
    if session.session_key is None:
        session.save()
    with transaction.atomic():
        Organiser.objects.of(user)
        row = Organiser.objects.select_for_update().get(user=user)
        if row.session_key != session.session_key:
            end(row.session_key)
        row.session_key = session.session_key or ""
        row.save(update_fields=["session_key"])
    if row.language:
        session[_LANGUAGE] = row.language


def begin_for_a_stranger(request: HttpRequest) -> None:
    """Keep the question that is asked of a stranger's passkey, for ten minutes."""
    if not request.user.is_authenticated:
        request.session.set_expiry(_STRANGER_SECONDS)


def clear_expired() -> None:
    """Delete the rows of sessions that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def end(session_key: str) -> None:
    """End a session, wherever its browser is."""
    if session_key:
        import_module(settings.SESSION_ENGINE).SessionStore(session_key).delete()


def end_all(user: Any) -> None:
    """End what the organiser has open, and what their link would still open."""
    row = Organiser.objects.of(user)
    end(row.session_key)
    row.session_key = row.link_nonce = ""
    row.save(update_fields=["session_key", "link_nonce"])


def keep_limits(request: HttpRequest) -> None:
    """Log out whoever has been in for too long; idle sessions expire by themselves."""
    since = request.session.get(_SINCE)
    if since is not None and time.time() - since > settings.DESK_SESSION_SECONDS:
        logout(request)


def keep_language(request: HttpRequest) -> None:
    """Keep a language that was just chosen in the organiser's account."""
    chosen = request.GET.get("language")
    if chosen in dict(settings.LANGUAGES) and request.user.is_authenticated:
        row = Organiser.objects.of(request.user)
        row.language = str(chosen)
        row.save(update_fields=["language"])
