"""Gunicorn under measurement, and the processor time it has used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORKERS = 3
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running gunicorn with its port and master process."""

    port: int
    master: int

    def processor_seconds(self) -> float:
        """Return user and system time of all its workers so far."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return sum(_seconds_of(int(pid)) for pid in children.split())


def _seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


@contextmanager
def gunicorn(application: str, **environment: str) -> Iterator[Server]:
    """Run an application under sync workers on a free port."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--no-control-socket"]
    command += [f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}", "--log-level=error"]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(1)
            return
    raise RuntimeError(f"Nothing answers on port {port}.")
