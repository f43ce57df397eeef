"""The one-time link by which an organiser's first passkey is added."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db import transaction

from safety import audit
from safety.organisers import sessions
from safety.organisers.models import Organiser

LIFETIME = timedelta(hours=24)
_SALT = "desk-enrolment"


def make_link(user: Any) -> str:
    """Return the address of a link that works once, for a day; older ones die."""
    nonce = Organiser.objects.of(user).renew_link()
    token = signing.dumps([user.pk, nonce], salt=_SALT)
    return f"{settings.SITE_URL}/{settings.DESK_PATH}/access/enrol/{token}/"


def read_token(token: str) -> Organiser | None:
    """Return whom an unused link is for, or None."""
    try:
        pk, nonce = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Organiser.objects.filter(user__is_active=True, user__is_staff=True)
    return rows.filter(user=pk, link_nonce=nonce or None).select_related("user").first()


def reset(user: Any, actor: str) -> str:
    """Forget all by which somebody could come in as `user`; return a new link."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()
        user.is_active = True
        user.save()
        sessions.end_all(user)
        audit.record(actor, "organiser reset", user.get_username())
        return make_link(user)
