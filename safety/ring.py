"""Encrypts what must stay readable to this server, under a ring of keys.

The newest key encrypts, every key of the ring decrypts: so keys can be changed while
the site runs. All results have one length, and none tells when it was made, although
the format has a place for the time.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PADDED_BYTES = 256
_LENGTH_BYTES = 2
_NO_TIME = 0


class Unreadable(Exception):
    """No key of the ring opens it, or it was altered."""


def encrypt(text: str) -> bytes:
    """Encrypt at most 254 bytes of text under the newest key; ValueError beyond."""
    raw = text.encode()
    if len(raw) > PADDED_BYTES - _LENGTH_BYTES:
        raise ValueError("At most 254 bytes fit.")
    padded = len(raw).to_bytes(_LENGTH_BYTES, "big") + raw
    return _ring().encrypt_at_time(padded.ljust(PADDED_BYTES, b"\0"), _NO_TIME)


def decrypt(blob: bytes | memoryview) -> str:
    """Return the text; raises Unreadable."""
    try:
        padded = _ring().decrypt(bytes(blob))
    except InvalidToken:
        raise Unreadable from None
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES:][:length].decode()


def is_under_newest(blob: bytes | memoryview) -> bool:
    """Tell whether the newest key opens it, so that the others are not needed."""
    try:
        Fernet(settings.SUBSCRIBER_KEYS[0]).decrypt(bytes(blob))
    except InvalidToken:
        return False
    return True


def _ring() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SUBSCRIBER_KEYS])
