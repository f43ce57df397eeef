"""Key pairs of the people who may open sealed records.

A private key is one seed of 32 bytes, which can be printed as 24 words. The
key pairs of both suites are derived from it, because the hybrid private key
object of `cryptography` cannot be exported. Pure: no Django, no network.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hpke import (
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CLASSIC, HYBRID = 0, 1
KEMS = {CLASSIC: KEM.X25519, HYBRID: KEM.MLKEM768_X25519}

SEED_BYTES = 32
KEY_ID_BYTES = 8
_X25519_BYTES = 32
_MLKEM_BYTES = 1184
_RAW_BYTES = {CLASSIC: _X25519_BYTES, HYBRID: _MLKEM_BYTES + _X25519_BYTES}
_TEXT_PREFIX = "detwin-key-1:"

Public = X25519PublicKey | MLKEM768X25519PublicKey
Private = X25519PrivateKey | MLKEM768X25519PrivateKey


@dataclass(frozen=True)
class PublicKey:
    """One public key: its suite and its bytes (32 in suite 0, 1,216 in suite 1).

    Raises ValueError when the bytes are no key of that suite.
    """

    suite: int
    raw: bytes

    def __post_init__(self) -> None:
        parsed(self.suite, self.raw)

    @cached_property
    def key_id(self) -> bytes:
        """Eight bytes that name this key in a sealed record."""
        return _digest(self.suite, self.raw)[:KEY_ID_BYTES]

    @property
    def fingerprint(self) -> str:
        """128 bits for people to compare: eight groups of four hex digits."""
        digits = _digest(self.suite, self.raw).hex()[:32]
        return " ".join(digits[i : i + 4] for i in range(0, 32, 4))

    def to_text(self) -> str:
        """Return the key as one line of ASCII."""
        packed = base64.b64encode(bytes([self.suite]) + self.raw)
        return _TEXT_PREFIX + packed.decode("ascii")

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """Read the line that `to_text` wrote; raises ValueError for anything else."""
        line = "".join(text.split())
        if not line.startswith(_TEXT_PREFIX):
            raise ValueError(f"A public key starts with {_TEXT_PREFIX!r}.")
        packed = base64.b64decode(line.removeprefix(_TEXT_PREFIX), validate=True)
        if not packed:
            raise ValueError("The public key is empty.")
        return cls(packed[0], packed[1:])


@lru_cache(maxsize=16)
def public_key_of(seed: bytes, suite: int = HYBRID) -> PublicKey:
    """Return the public key that belongs to a 32-byte seed in one suite."""
    if suite == CLASSIC:
        return PublicKey(suite, _x25519_of(seed, suite).public_key().public_bytes_raw())
    mlkem = _mlkem_of(seed).public_key().public_bytes_raw()
    x25519 = _x25519_of(seed, suite).public_key().public_bytes_raw()
    return PublicKey(suite, mlkem + x25519)


@lru_cache(maxsize=64)
def parsed(suite: int, raw: bytes) -> Public:
    """Return the key object for HPKE; raises ValueError when it cannot be one."""
    if suite not in _RAW_BYTES:
        raise ValueError(f"There is no suite {suite}.")
    if len(raw) != _RAW_BYTES[suite]:
        raise ValueError(f"A key of suite {suite} has {_RAW_BYTES[suite]} bytes.")
    x25519 = X25519PublicKey.from_public_bytes(raw[-_X25519_BYTES:])
    if suite == CLASSIC:
        return x25519
    mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_BYTES])
    return MLKEM768X25519PublicKey(mlkem, x25519)


@lru_cache(maxsize=4)
def private_key_of(seed: bytes, suite: int) -> Private:
    """Return the private key object for HPKE; only a key holder's machine calls it."""
    if suite == CLASSIC:
        return _x25519_of(seed, suite)
    return MLKEM768X25519PrivateKey(_mlkem_of(seed), _x25519_of(seed, suite))


def _x25519_of(seed: bytes, suite: int) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_derive(seed, f"X25519 {suite}", 32))


def _mlkem_of(seed: bytes) -> MLKEM768PrivateKey:
    return MLKEM768PrivateKey.from_seed_bytes(_derive(seed, "ML-KEM-768 1", 64))


def _derive(seed: bytes, label: str, length: int) -> bytes:
    if len(seed) != SEED_BYTES:
        raise ValueError(f"A seed has {SEED_BYTES} bytes.")
    info = f"detwin-key-1 {label}".encode()
    return HKDF(hashes.SHA256(), length, salt=None, info=info).derive(seed)


def _digest(suite: int, raw: bytes) -> bytes:
    return hashlib.sha256(b"detwin-key-id-1" + bytes([suite]) + raw).digest()
