"""What an organiser's session has proved, and which doors that opens."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

FRESH_SECONDS = 5 * 60
_HOW, _PASSKEY, _PROVED_AT = "desk_how", "desk_passkey", "desk_proved_at"
_STANDING = "_desk_standing"


class How(StrEnum):
    """How somebody came in."""

    PASSKEY = "passkey"
    LINK = "link"
    CODE = "code"
    PASSWORD = "password"  # noqa: S105 a word, not a password
    NOTHING = ""


@dataclass(frozen=True)
class Standing:
    """What a session has proved, with what its account has to prove it by.

    `passkeys` are their primary keys, `codes` how many recovery codes are left.
    """

    passkeys: tuple[int, ...]
    codes: int
    how: str
    passkey: int | None
    proved_at: float

    @property
    def by_passkey(self) -> bool:
        """Tell whether they came by a passkey that is still theirs."""
        return self.how == How.PASSKEY and self.passkey in self.passkeys

    @property
    def is_fresh(self) -> bool:
        """Tell whether the passkey was shown within the last five minutes."""
        return self.by_passkey and time.time() - self.proved_at < FRESH_SECONDS

    @property
    def survives_a_loss(self) -> bool:
        """Tell whether losing one device would not lose the account."""
        return len(self.passkeys) > 1 or (len(self.passkeys) == 1 and self.codes > 0)

    @property
    def may_enter(self) -> bool:
        """Tell whether the desk is open to them."""
        return self.by_passkey and self.survives_a_loss

    @property
    def may_enrol(self) -> bool:
        """Tell whether they may add a passkey: never by a password alone."""
        return self.is_fresh or self.how in (How.LINK, How.CODE)


def standing(request: HttpRequest) -> Standing:
    """Return the standing of this request's session: one query, once a request."""
    known: Standing | None = getattr(request, _STANDING, None)
    if known is None:
        known = _read(request)
        setattr(request, _STANDING, known)
    return known


def prove(request: HttpRequest, how: How, passkey: int | None = None) -> None:
    """Note in the session what was just proved."""
    session = request.session
    session[_HOW], session[_PASSKEY], session[_PROVED_AT] = how, passkey, time.time()
    forget_standing(request)


def forget_standing(request: HttpRequest) -> None:
    """Read it again at the next question: a passkey came or went."""
    if hasattr(request, _STANDING):
        delattr(request, _STANDING)


def may_enter(request: HttpRequest) -> bool:
    """Tell whether the desk is open to this session."""
    return not settings.DESK_REQUIRE_PASSKEY or standing(request).may_enter


def may_enrol(request: HttpRequest) -> bool:
    """Tell whether this session may add a passkey to its account."""
    return not settings.DESK_REQUIRE_PASSKEY or standing(request).may_enrol


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether this session may do what needs a fresh passkey."""
    return not settings.DESK_REQUIRE_PASSKEY or standing(request).is_fresh


def _read(request: HttpRequest) -> Standing:
    rows = Authenticator.objects.filter(user_id=request.user.pk).order_by("pk")
    passkeys, codes = [], 0
    for pk, kind, used in rows.values_list("pk", "type", "data__used_mask"):
        if kind == Authenticator.Type.WEBAUTHN:
            passkeys.append(pk)
        elif kind == Authenticator.Type.RECOVERY_CODES:
            codes = settings.MFA_RECOVERY_CODE_COUNT - int(used or 0).bit_count()
    session = request.session
    return Standing(
        passkeys=tuple(passkeys),
        codes=codes,
        how=session.get(_HOW, How.NOTHING),
        passkey=session.get(_PASSKEY),
        proved_at=session.get(_PROVED_AT, 0.0),
    )
