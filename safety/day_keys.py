"""Encryption under a key that lives for a few days and is then destroyed.

There is one key file per UTC day in `KEYS_DIR`, outside the database and its
backups, shared by all processes. Destroying the file is what makes a deletion
true: the ciphertext that stays behind in logs and backups opens no more.
A ciphertext is 1 byte version, 4 bytes day, 12 bytes nonce, then 528 bytes.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, date, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.utils import timezone

from safety import key_files
from safety.sealing import Damaged

__all__ = ["Damaged", "DayKeyGone", "decrypt", "destroy_expired", "digest", "encrypt"]

PADDED_BYTES = 512
LIFETIME = timedelta(days=4)

_VERSION = b"\1"
_LENGTH_BYTES = 2
_DAY = slice(1, 5)
_NONCE = slice(5, 17)
_BLOB_BYTES = 17 + PADDED_BYTES + 16


class DayKeyGone(Exception):
    """The key of that day was destroyed; nobody can read the text any more."""


def encrypt(plaintext: bytes, purpose: str) -> bytes:
    """Encrypt at most 510 bytes under today's key; all results have 545 bytes.

    Only the same purpose decrypts it. Raises ValueError for a longer text.
    """
    if len(plaintext) > PADDED_BYTES - _LENGTH_BYTES:
        raise ValueError("At most 510 bytes fit.")
    today = _today()
    padded = len(plaintext).to_bytes(_LENGTH_BYTES, "big") + plaintext
    head = _VERSION + today.toordinal().to_bytes(4, "big") + secrets.token_bytes(12)
    cipher = ChaCha20Poly1305(_subkey(key_files.key_of(today), "encrypt"))
    return head + cipher.encrypt(
        head[_NONCE], padded.ljust(PADDED_BYTES, b"\0"), head + purpose.encode()
    )


def decrypt(blob: bytes | memoryview, purpose: str) -> bytes:
    """Return the text while its day's key lives.

    Raises DayKeyGone afterwards, and Damaged for altered bytes, another purpose,
    or a key file that is not the one of that day.
    """
    blob = bytes(blob)
    if len(blob) != _BLOB_BYTES or blob[:1] != _VERSION:
        raise Damaged("This is not a text encrypted under a day key.")
    key = key_files.existing_key(_day_of(blob))
    if key is None:
        raise DayKeyGone("The key of that day is destroyed.")
    head, sealed = blob[: _NONCE.stop], blob[_NONCE.stop :]
    try:
        cipher = ChaCha20Poly1305(_subkey(key, "encrypt"))
        padded = cipher.decrypt(head[_NONCE], sealed, head + purpose.encode())
    except InvalidTag as error:
        raise Damaged("The text was altered or is for another purpose.") from error
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES:][:length]


def digest(purpose: str, value: str) -> bytes:
    """Return 32 bytes that stand for a value today and mean nothing tomorrow."""
    key = _subkey(key_files.key_of(_today()), f"digest {purpose}")
    return hmac.digest(key, value.encode(), "sha256")


def destroy_expired(today: date) -> list[date]:
    """Destroy the keys of days more than four days before `today`; return the days."""
    return key_files.destroy_before(today - LIFETIME)


def _today() -> date:
    return timezone.now().astimezone(UTC).date()


def _day_of(blob: bytes) -> date:
    try:
        return date.fromordinal(int.from_bytes(blob[_DAY], "big"))
    except (ValueError, OverflowError) as error:
        raise Damaged("The text names no day.") from error


def _subkey(key: bytes, label: str) -> bytes:
    return hmac.digest(key, f"detwin-day-key-1 {label}".encode(), "sha256")
