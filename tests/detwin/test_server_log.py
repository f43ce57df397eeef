"""The web server's own log names neither visitors nor signers."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detwin.ports import answers
from detwin.server_log import ServerFilter

ROOT = Path(__file__).resolve().parents[2]
# A site of one line that fails as no site of Django's would.
BROKEN = """
def application(environ, start_response):
    raise RuntimeError("zoe@example.com")
"""


def logged(message, *arguments, exception=None):
    """Return what becomes of a line."""
    information = exception and (type(exception), exception, None)
    record = logging.LogRecord(
        "gunicorn.error", logging.ERROR, "x", 1, message, arguments, information
    )
    assert ServerFilter().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    ("message", "arguments", "kept"),
    [
        ("Invalid request from ip=203.0.113.9: bad", (), "Invalid request"),
        (
            "Error handling request %s %s",
            ("GET", "/en/s/t0ken/?email=z@e.org"),
            "Error handling request",
        ),
        ("Worker (pid:%s) was sent SIGKILL!", (7,), "Worker (pid:7) was sent SIGKILL!"),
        ("WORKER TIMEOUT (pid:7)", (), "WORKER TIMEOUT (pid:7)"),
    ],
)
def test_what_a_visitor_sent_is_cut(message, arguments, kept):
    assert logged(message, *arguments) == kept


def test_of_an_exception_its_class_is_kept():
    line = logged("Socket error processing request.", exception=OSError("203.0.113.9"))
    assert line == "Socket error processing request. (OSError)"


def test_why_a_worker_cannot_start_is_told():
    line = logged("Exception in worker process", exception=ImportError("no django"))
    assert "no django" in line


@pytest.fixture
def server(tmp_path):
    """Run gunicorn on a broken site with the project's own configuration."""
    (tmp_path / "broken.py").write_text(BROKEN)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "broken", f"--bind=127.0.0.1:{port}"]
    command += [f"--pythonpath={tmp_path}"]
    with (tmp_path / "log").open("w") as log:
        environment = {**os.environ, "HOME": str(tmp_path)}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    deadline = time.monotonic() + 60
    while not answers(port):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield port
    process.terminate()
    process.wait(30)


def test_gunicorn_itself_logs_so(server, tmp_path):
    for request in (
        b"GET /en/s/t0ken/?email=zoe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GARBAGE zoe@example.com\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server)) as connection:
            connection.sendall(request)
            connection.settimeout(10)
            assert connection.recv(100).startswith(b"HTTP/1.1 ")
    lines = (tmp_path / "log").read_text().splitlines()
    assert lines == [
        "ERROR gunicorn.error Error handling request (RuntimeError)",
        "WARNING gunicorn.error Invalid request",
    ]
    assert list(tmp_path.glob("**/*.ctl")) == []
