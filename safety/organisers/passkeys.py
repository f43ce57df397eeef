"""Passkeys, through the library's ceremony; a refusal of any kind is one exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth as ceremony
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

LONGEST_NAME = 60
# What the library lets out when it is given something that no browser sends.
_UNREADABLE = (ValidationError, ValueError, TypeError, LookupError, AttributeError)


class Refused(Exception):
    """No passkey, not theirs, or not the answer to our question."""


def ask_to_create(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser needs to make a passkey for this organiser."""
    with request_context(request):
        return dict(ceremony.begin_registration(request.user, True))


def ask_to_show(request: HttpRequest, user: Any = None) -> dict[str, Any]:
    """Return what the browser needs to show a passkey, of one organiser or of any."""
    with request_context(request):
        return dict(ceremony.begin_authentication(user))


def add(request: HttpRequest, credential: Any, name: str) -> Authenticator:
    """Store a passkey that was just made; raises Refused."""
    with request_context(request), _refusing():
        credential = _plain(credential)
        ceremony.parse_registration_response(credential)
        binding = ceremony.complete_registration(credential)
        if not binding.is_user_verified():
            raise Refused
        wrapper = ceremony.WebAuthn.add(request.user, name[:LONGEST_NAME], credential)
        return wrapper.instance


def shown_by(request: HttpRequest, credential: Any, user: Any = None) -> Authenticator:
    """Return the passkey that was just shown; raises Refused.

    Without `user` the passkey itself says whose it is.
    """
    with request_context(request), _refusing():
        credential = _plain(credential)
        ceremony.parse_authentication_response(credential)
        owner = user or ceremony.extract_user_from_response(credential)
        if not (owner.is_active and owner.is_staff):
            raise Refused
        passkey = ceremony.complete_authentication(owner, credential)
        passkey.record_usage()
        return passkey


def of(user: Any) -> Any:
    """Return an organiser's passkeys, oldest first."""
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.filter(user=user, type=kind).order_by("pk")


def new_codes(user: Any) -> list[str]:
    """Return new recovery codes, which are shown this once; the old ones die."""
    with transaction.atomic():
        codes_of(user).delete()
        return list(RecoveryCodes.activate(user).get_unused_codes())


def use_code(user: Any, code: str) -> bool:
    """Use one recovery code up; tell whether it was one."""
    row = codes_of(user).first()
    return row is not None and bool(row.wrap().validate_code(code))


def codes_of(user: Any) -> Any:
    """Return the row of an organiser's recovery codes, if there is one."""
    kind = Authenticator.Type.RECOVERY_CODES
    return Authenticator.objects.filter(user=user, type=kind)


def _plain(credential: Any) -> dict[str, Any]:
    """Return the texts of a browser's answer; raises Refused for anything else.

    The library would take a number for so many bytes, and try to hold them.
    """
    if not isinstance(credential, dict) or not isinstance(
        response := credential.get("response"), dict
    ):
        raise Refused
    texts = {name: credential.get(name) for name in ("id", "rawId", "type")}
    if not all(isinstance(text, str) for text in (*texts.values(), *response.values())):
        raise Refused
    return {**texts, "response": response, "clientExtensionResults": {}}


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise Refused from error
