"""Lists of random numbers of deleted rows, which a restored backup must forget too.

They lie in `KEYS_DIR`, outside the database and its backups. A number says nothing
about whom it stood for.
"""

from __future__ import annotations

import os
import uuid

from django.conf import settings

WITHDRAWN = "withdrawn.txt"
UNSUBSCRIBED = "unsubscribed.txt"


def note(name: str, key: uuid.UUID) -> None:
    """Append a deleted row's number to one of the lists; it is on disk afterwards."""
    settings.KEYS_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.KEYS_DIR / name
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{key}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
