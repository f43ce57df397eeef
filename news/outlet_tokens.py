"""The signed part of an outlet's address; the same each time the desk shows it."""

from __future__ import annotations

import base64
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

UUID_BYTES = 16


def signer() -> Signer:
    """Return what signs for outlets only: no other link of the site opens here."""
    return Signer(
        key=settings.LINK_KEY, sep=".", salt="news.outlet_tokens", fallback_keys=[]
    )


def make_token(uuid: UUID, nonce: bytes) -> str:
    """Return the token of a link with this nonce."""
    packed = base64.urlsafe_b64encode(uuid.bytes + nonce)
    return signer().sign(packed.rstrip(b"=").decode("ascii"))


def read_token(token: str) -> tuple[UUID, bytes] | None:
    """Return a token's link and nonce, or None when it is not ours or was altered."""
    try:
        packed = signer().unsign(token)
    except BadSignature:
        return None
    payload = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    return UUID(bytes=payload[:UUID_BYTES]), payload[UUID_BYTES:]
