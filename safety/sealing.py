"""Seals a signer's record so that only the key holders can open it.

One random content key seals the record, padded to 2,048 bytes; HPKE wraps that
key for each key holder. The blob is laid out as

    1 byte   suite (0 X25519, 1 ML-KEM-768 with X25519); a new layout is a new suite
    1 byte   number n of key holders
    n times  8 bytes key id, then the wrapped content key (80 or 1,168 bytes)
    the rest the sealed record (2,064 bytes)

so all blobs of one suite and number of key holders have the same length. The
wrapped keys and the record are bound to the suite, the context and each other.
Pure: no Django, no network.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, Suite

from safety.key_pairs import (
    KEMS,
    KEY_ID_BYTES,
    PublicKey,
    parsed,
    private_key_of,
    public_key_of,
)

__all__ = [
    "Damaged",
    "NotForThisKey",
    "PublicKey",
    "open_sealed",
    "public_key_of",
    "recipients_of",
    "seal",
]

PADDED_BYTES = 2_048
_LENGTH_BYTES = 2
_TAG_BYTES = 16
_WRAP_BYTES = {0: 32 + 32 + _TAG_BYTES, 1: 1_120 + 32 + _TAG_BYTES}
# Each content key seals one record, so the nonce never has to change.
_NONCE = bytes(12)
_SUITES = {
    number: Suite(kem, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    for number, kem in KEMS.items()
}


class NotForThisKey(Exception):
    """The record was sealed to other keys than the one that tries to open it."""


class Damaged(Exception):
    """The bytes were altered, cut, moved to another context, or never ours."""


def seal(
    record: Mapping[str, str], recipients: Sequence[PublicKey], context: str
) -> bytes:
    """Seal a record to all recipients, bound to a context such as a petition.

    Raises ValueError when the record does not fit into 2,046 bytes of JSON, or
    when the recipients are none, repeated, or not all of one suite.
    """
    suite = _common_suite(recipients)
    content_key = secrets.token_bytes(32)
    info = _bound_to(suite, context)
    head = bytes([suite, len(recipients)])
    for key in sorted(recipients, key=lambda key: key.key_id):
        wrap = _SUITES[suite].encrypt(content_key, parsed(suite, key.raw), info=info)
        head += key.key_id + wrap
    cipher = ChaCha20Poly1305(content_key)
    return head + cipher.encrypt(_NONCE, _padded(record), head + info)


def recipients_of(blob: bytes | memoryview) -> list[bytes]:
    """Return the key ids a blob was sealed to; raises Damaged for a bad layout."""
    return list(_wraps_of(bytes(blob)))


def open_sealed(blob: bytes | memoryview, seed: bytes, context: str) -> dict[str, str]:
    """Open a record with the private seed of one recipient.

    Raises NotForThisKey when it was sealed to others only, and Damaged when the
    blob or its context is not exactly what was sealed.
    """
    blob = bytes(blob)
    wraps = _wraps_of(blob)
    suite = blob[0]
    key_id = public_key_of(seed, suite).key_id
    if key_id not in wraps:
        raise NotForThisKey(f"The record is not sealed to {key_id.hex()}.")
    info = _bound_to(suite, context)
    head = _head_bytes(suite, len(wraps))
    try:
        private = private_key_of(seed, suite)
        content_key = _SUITES[suite].decrypt(wraps[key_id], private, info=info)
        cipher = ChaCha20Poly1305(content_key)
        padded = cipher.decrypt(_NONCE, blob[head:], blob[:head] + info)
    except InvalidTag as error:
        raise Damaged("The record does not open in this context.") from error
    return _unpadded(padded)


def _common_suite(recipients: Sequence[PublicKey]) -> int:
    suites = {key.suite for key in recipients}
    if len(suites) != 1:
        raise ValueError("Seal to one or more keys, all of the same suite.")
    if len(set(recipients)) != len(recipients) or len(recipients) > 255:
        raise ValueError("Each recipient may stand in the list once, at most 255.")
    return suites.pop()


def _bound_to(suite: int, context: str) -> bytes:
    return b"detwin-seal-1" + bytes([suite]) + context.encode()


def _head_bytes(suite: int, recipients: int) -> int:
    return 2 + recipients * (KEY_ID_BYTES + _WRAP_BYTES[suite])


def _wraps_of(blob: bytes) -> dict[bytes, bytes]:
    if len(blob) < 2 or blob[0] not in _WRAP_BYTES or not blob[1]:
        raise Damaged("This is not a sealed record.")
    head = _head_bytes(blob[0], blob[1])
    if len(blob) != head + PADDED_BYTES + _TAG_BYTES:
        raise Damaged("The sealed record has a wrong length.")
    step = KEY_ID_BYTES + _WRAP_BYTES[blob[0]]
    entries = [blob[start : start + step] for start in range(2, head, step)]
    wraps = {entry[:KEY_ID_BYTES]: entry[KEY_ID_BYTES:] for entry in entries}
    if len(wraps) != len(entries):
        raise Damaged("The sealed record names one key twice.")
    return wraps


def _padded(record: Mapping[str, str]) -> bytes:
    text = json.dumps(dict(record), ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > PADDED_BYTES - _LENGTH_BYTES:
        raise ValueError(f"The record has {len(text)} bytes; 2,046 are the most.")
    head = len(text).to_bytes(_LENGTH_BYTES, "big")
    return (head + text).ljust(PADDED_BYTES, b"\0")


def _unpadded(padded: bytes) -> dict[str, str]:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    try:
        record = json.loads(padded[_LENGTH_BYTES:][:length])
    except ValueError as error:
        raise Damaged("The opened record cannot be read.") from error
    if not isinstance(record, dict):
        raise Damaged("The opened record has no fields.")
    return {str(name): str(value) for name, value in record.items()}
