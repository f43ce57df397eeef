"""Key files of a key holder: a seed under a passphrase, or written as words."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_FORMAT = "detwin-private-key-1"
SHORTEST_PASSPHRASE = 12
# Half a second on a laptop of 2020; each file names what it was made with.
STRETCHING = {"iterations": 3, "lanes": 4, "memory_kib": 262_144}
MOST_STRETCHING = {"iterations": 100, "lanes": 64, "memory_kib": 2**21}


class Mistake(Exception):
    """Something the person at the keyboard can put right."""

    status = 1

    def __init__(self, sentence: str, *values: object) -> None:
        super().__init__(sentence.format(*values))
        self.sentence, self.values = sentence, values


def locked(seed: bytes, public_text: str, passphrase: str) -> str:
    """Return the content of a key file: the seed encrypted under a passphrase."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Mistake("A passphrase has at least {0} characters.", SHORTEST_PASSPHRASE)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cipher = ChaCha20Poly1305(_stretched(passphrase, salt, STRETCHING))
    sealed = cipher.encrypt(nonce, seed, public_text.encode())
    names = {"salt": salt, "nonce": nonce, "seed": sealed}
    encoded = {name: base64.b64encode(raw).decode() for name, raw in names.items()}
    head = {"format": KEY_FORMAT, "public": public_text, "argon2id": STRETCHING}
    return json.dumps(head | encoded, indent=1) + "\n"


def unlocked(path: Path, passphrase: str) -> bytes:
    """Return the seed of a key file; raises Mistake."""
    stored = read_key_file(path)
    try:
        salt, nonce, seed = (
            base64.b64decode(stored[name]) for name in ("salt", "nonce", "seed")
        )
        cipher = ChaCha20Poly1305(_stretched(passphrase, salt, stored["argon2id"]))
        return cipher.decrypt(nonce, seed, stored["public"].encode())
    except InvalidTag:
        raise Mistake("Wrong passphrase, or the key file was altered.") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Mistake("{0} is damaged.", path) from None


def read_key_file(path: Path) -> dict[str, Any]:
    """Return what a key file says without opening it; raises Mistake."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except ValueError:
        stored = None
    if not isinstance(stored, dict) or stored.get("format") != KEY_FORMAT:
        raise Mistake("{0} is no key file of this tool.", path)
    return stored


def write_new(path: Path, content: bytes) -> None:
    """Write a new file only its owner can read; raises Mistake if it is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Mistake("{0} is there already and is not overwritten.", path) from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _stretched(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    """Return 32 bytes that take long to guess from a passphrase."""
    if any(cost[name] > most for name, most in MOST_STRETCHING.items()):
        raise ValueError("The key file asks for too much work.")
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    ).derive(passphrase.encode())
