"""Tells one person's second signature from another's without keeping an address."""

from __future__ import annotations

import hmac

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from safety.mailboxes import normalise

INDEX_BYTES = 16


def blind_index(address: str, nonce: bytes | memoryview) -> bytes:
    """Return 16 bytes that are equal for one mailbox within one petition.

    Slow on purpose (about 30 ms and 19 MiB), so that a list of addresses cannot
    be tried quickly by whoever holds the key; call it in the worker only. Once
    the petition's nonce is erased, nobody can compute it again.
    """
    salt = hmac.digest(settings.INDEX_KEY.encode(), bytes(nonce), "sha256")[:16]
    return hash_secret_raw(
        normalise(address).encode(),
        salt,
        time_cost=2,
        memory_cost=19_456,
        parallelism=1,
        hash_len=INDEX_BYTES,
        type=Type.ID,
    )
