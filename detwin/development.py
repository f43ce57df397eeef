"""The `.env` of a development site: `python -m detwin.development FILE` writes it.

It runs before there are settings, so it knows no Django.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from safety.secret_files import new_secrets

HEAD = """\
# Settings of this development site, made by `make run`. `.env.example` explains
# them and lists the others. Delete this file to have it made again: whoever has
# signed on this site before can then no longer be recognised.
DEBUG=true
SITE_URL=http://localhost:8000
ALLOWED_HOSTS=localhost,127.0.0.1
# On one machine everybody comes from one network: the limits that hold off floods
# are a thousand times wider than on a real site.
THROTTLE_SCALE=1000
# Who would be responsible for a real site; this one is nobody's.
CONTROLLER_NAME=Demo Campaign
CONTROLLER_ADDRESS=1 Demo Street, Leeds
CONTROLLER_EMAIL=contact@example.org
"""


def environment() -> str:
    """Return the text of a new file, with fresh secrets."""
    return HEAD + "".join(f"{name}={value}\n" for name, value in new_secrets().items())


def write_environment(path: Path) -> None:
    """Write the file, readable by its owner only; never over one that is there."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(environment())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m detwin.development FILE")
    try:
        write_environment(Path(sys.argv[1]))
    except OSError as error:
        sys.exit(str(error))
    print(f"{sys.argv[1]} written, with secrets for development.")
