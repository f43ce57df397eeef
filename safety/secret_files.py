"""Makes the site's secrets as files, before there are settings to start Django with.

`python -m safety.secret_files DIRECTORY` does what `make_secrets` does.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from cryptography.fernet import Fernet

_RANDOM_SECRETS = ("SECRET_KEY", "INDEX_KEY", "LINK_KEY", "CODE_KEY")
RING = "SUBSCRIBER_KEYS"


def new_secrets() -> dict[str, str]:
    """Return a fresh value for each secret: 64 random bytes, or one Fernet key."""
    fresh = {name: secrets.token_urlsafe(64) for name in _RANDOM_SECRETS}
    return fresh | {RING: Fernet.generate_key().decode("ascii")}


def write_secrets(folder: Path) -> list[Path]:
    """Write one file per secret, readable by the owner only; return their paths.

    Raises FileExistsError before writing anything when one is there already.
    """
    fresh = {folder / name: value for name, value in new_secrets().items()}
    present = [path.name for path in fresh if path.exists()]
    if present:
        raise FileExistsError(f"{folder} already holds {', '.join(present)}.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, value in fresh.items():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(value)
    return list(fresh)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m safety.secret_files DIRECTORY")
    try:
        written = write_secrets(Path(sys.argv[1]))
    except OSError as error:
        sys.exit(str(error))
    for path in written:
        print(f"{path.name}_FILE={path.resolve()}")
