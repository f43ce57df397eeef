"""The link in a signer's mail, and the short code for typing it by hand."""

from __future__ import annotations

import base64
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner, b62_decode
from django.core.signing import b62_encode as to_base62
from django.db.models import Model, QuerySet
from django.utils import timezone

Row = TypeVar("Row", bound=Model)

# Digits and letters without I, L, O and U, which look like others.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_LOOKALIKES = str.maketrans("ILOU", "110V")


class BadToken(Exception):
    """The token was not made by us, or was altered."""


@dataclass(frozen=True)
class Token:
    """What a link says: which row, the row's nonce, and how old the link is."""

    uuid: UUID
    nonce: bytes
    age: timedelta


def make_token(uuid: UUID, nonce: bytes | memoryview) -> str:
    """Return a signed, URL-safe token for a row; it holds the time it was made."""
    packed = base64.urlsafe_b64encode(uuid.bytes + bytes(nonce))
    return _LinkSigner().sign(packed.rstrip(b"=").decode("ascii"))


def read_token(token: str) -> Token:
    """Return what a token says; raises BadToken. Whether its age matters is
    for the caller to decide, and so is comparing the nonce with the row's.
    """
    try:
        packed, stamp = _LinkSigner().open(token)
        payload = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        made = datetime.fromtimestamp(b62_decode(stamp), UTC)
        return Token(UUID(bytes=payload[:16]), payload[16:], timezone.now() - made)
    except (BadSignature, ValueError) as error:
        raise BadToken from error


def opened(token: str) -> Token | None:
    """Return what a token says, or None if it was altered or never ours."""
    try:
        return read_token(token)
    except BadToken:
        return None


def row_of(token: Token | None, rows: QuerySet[Row]) -> Row | None:
    """Return the row that a link leads to; None if it is deleted, or not of these rows.

    The rows have a `nonce`, which the link must know; its age is the caller's to judge.
    """
    if token is None:
        return None
    row: Any = rows.filter(pk=token.uuid).first()
    is_named = row is not None and hmac.compare_digest(bytes(row.nonce), token.nonce)
    return row if is_named else None


def make_signed(payload: str, salt: str) -> str:
    """Return a token that says one thing for one purpose, named by its salt."""
    return _LinkSigner(salt).sign(payload)


def read_signed(token: str, salt: str) -> tuple[str, timedelta]:
    """Return what such a token says and how old it is; raises BadToken."""
    try:
        payload, stamp = _LinkSigner(salt).open(token)
        made = datetime.fromtimestamp(b62_decode(stamp), UTC)
    except (BadSignature, ValueError, OverflowError, OSError) as error:
        raise BadToken from error
    return payload, timezone.now() - made


def make_code() -> str:
    """Return a random code of 40 bits, shown as XXXX-XXXX."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return f"{code[:4]}-{code[4:]}"


def fold_code(text: str) -> str:
    """Return a typed code as its bare 8 characters.

    Full-width characters, small letters, spaces and dashes are accepted, and
    letters that are never used are read as what they look like.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if char.isalnum()).translate(_LOOKALIKES)


def code_digest(petition_id: int, code: str) -> bytes:
    """Return the 32 bytes that are stored in place of a petition's code."""
    message = f"{petition_id}:{fold_code(code)}".encode()
    return hmac.digest(settings.CODE_KEY.encode(), message, "sha256")


class _LinkSigner(TimestampSigner):
    """Signs under the links' own key only, by the site's one clock."""

    def __init__(self, salt: str = "safety.links") -> None:
        # Without the empty fallbacks, Django would accept old session keys too.
        super().__init__(key=settings.LINK_KEY, sep=".", salt=salt, fallback_keys=[])

    def timestamp(self) -> str:
        return to_base62(int(timezone.now().timestamp()))

    def open(self, token: str) -> tuple[str, str]:
        """Return the payload and its time stamp; raises BadSignature."""
        payload, _, stamp = Signer.unsign(self, token).rpartition(self.sep)
        return payload, stamp
