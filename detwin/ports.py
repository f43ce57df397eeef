"""Tells whether a port of this machine is free; `make run` asks before all else.

Run as a script it needs no installed package: `python3 detwin/ports.py 8000`.
"""

from __future__ import annotations

import errno
import socket
import sys

ADDRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def is_free(port: int) -> bool:
    """Tell whether nobody serves a port of this machine, on IPv4 and on IPv6."""
    return all(can_bind(family, host, port) for family, host in ADDRESSES)


def can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Tell whether an address is free, or this machine does not have it."""
    try:
        probe = socket.socket(family)
    except OSError:
        return True
    with probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno != errno.EADDRINUSE
    return True


def answers(port: int) -> bool:
    """Tell whether a server takes connections on a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def complaint(port: int) -> str:
    """Say that a port is taken, and what to do."""
    return (
        f"Port {port} is taken by another program, perhaps by this site itself. "
        f"Choose another one: make run PORT={port + 1}"
    )


def main() -> None:
    """Stop with a message when the port that was asked for is not free."""
    word = sys.argv[1] if len(sys.argv) == 2 else ""
    if not (word.isdecimal() and 0 < int(word) < 65_536):
        sys.exit(f"PORT must be a number from 1 to 65535, not {word!r}.")
    if not is_free(int(word)):
        sys.exit(complaint(int(word)))


if __name__ == "__main__":
    main()
