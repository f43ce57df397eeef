"""The files that hold the day keys: made once, read by all, destroyed for good."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
_NAME = re.compile(r"day-(\d{4}-\d{2}-\d{2})\..+")
# The key beside what its file looked like: inode and time of change.
_remembered: dict[Path, tuple[tuple[int, int], bytes]] = {}


def key_of(day: date) -> bytes:
    """Return the key of a day, making its file first when no process has yet."""
    key = existing_key(day)
    while key is None:
        _create(_path_of(day))
        key = existing_key(day)
    return key


def existing_key(day: date) -> bytes | None:
    """Return the key of a day, or None when its file is not there (any more).

    The file is looked at on every call, so that a key which any process has
    destroyed is never used from this process's memory.
    """
    path = _path_of(day)
    try:
        status = path.stat()
        identity = (status.st_ino, status.st_mtime_ns)
        known = _remembered.get(path)
        if known and known[0] == identity:
            return known[1]
        key = path.read_bytes()
    except FileNotFoundError:
        _remembered.pop(path, None)
        return None
    if len(key) != KEY_BYTES:
        raise OSError(f"{path.name} is not a day key.")
    _forget_destroyed()
    _remembered[path] = (identity, key)
    return key


def destroy_before(first_kept: date) -> list[date]:
    """Destroy all key files of earlier days; return the days of whole keys."""
    destroyed = []
    for path in sorted(settings.KEYS_DIR.glob("day-*")):
        match = _NAME.fullmatch(path.name)
        if match and date.fromisoformat(match[1]) < first_kept:
            _destroy(path)
            if path.suffix == ".key":
                destroyed.append(date.fromisoformat(match[1]))
    _forget_destroyed()
    return destroyed


def _path_of(day: date) -> Path:
    return _path_in(settings.KEYS_DIR, day)


@lru_cache(maxsize=16)
def _path_in(folder: str | Path, day: date) -> Path:
    return Path(folder) / f"day-{day.isoformat()}.key"


def _create(path: Path) -> None:
    """Make the file whole or not at all; the first of several processes wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _destroy(path: Path) -> None:
    """Take the key away, then overwrite it as far as the disk allows, then delete."""
    doomed = path.with_suffix(f".{secrets.token_hex(8)}")
    with contextlib.suppress(FileNotFoundError):  # Another process was faster.
        path.rename(doomed)
        with contextlib.suppress(OSError), doomed.open("r+b") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        doomed.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_destroyed() -> None:
    for path in list(_remembered):
        if not path.exists():
            _remembered.pop(path, None)
