"""Asks the web server of this container whether it answers; for HEALTHCHECK.

It needs no Django and no database: a database that is away is no reason to
restart the web server.
"""

from __future__ import annotations

import http.client
import os
import sys

PORT = 8000
SECONDS = 4


def main() -> int:
    """Return 0 when `/healthz` answers as it should."""
    host = (
        os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    )
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
