"""`make run`: a whole site, started and stopped by one command."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from detwin.development import write_environment
from detwin.management.commands import run_site
from detwin.ports import answers, is_free

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_noticed_before_anything_is_done(
    settings, taken_port, monkeypatch
):
    settings.DEBUG = True
    monkeypatch.setattr(run_site, "STEPS", (("Never", ["no such command"]),))
    with pytest.raises(CommandError, match=f"Port {taken_port} is taken"):
        call_command("run_site", port=taken_port)


def test_every_step_of_a_site_is_a_command_that_can_be_repeated():
    titles = [command[0] for _, command in run_site.STEPS]
    assert titles == [
        "migrate",
        "load_record",
        "load_joint_actions",
        "open_petitions",
        "load_articles",
        "make_demo",
    ]


def test_a_port_is_free_until_somebody_serves_it(taken_port):
    assert (is_free(taken_port), answers(taken_port)) == (False, True)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert (is_free(free), answers(free)) == (True, False)


@pytest.mark.parametrize("word", ["", "eight", "0", "70000", "-1", "80 80"])
def test_a_senseless_port_is_named(word):
    command = [sys.executable, ROOT / "detwin" / "ports.py", word]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"not {word!r}" in done.stderr


@pytest.fixture
def running(tmp_path):
    """Start a whole site in its own folder; return its process and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    write_environment(tmp_path / ".env")
    lines = (tmp_path / ".env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    inherited = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    environment = {**inherited, **values, "VAR_DIR": str(tmp_path / "var")}
    with (tmp_path / "printed").open("w") as printed:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_site", f"--port={port}"],
            cwd=ROOT,
            env=environment,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    yield process, port
    process.kill()
    process.wait()


def wait_until_it_says(process, printed, words):
    deadline = time.monotonic() + 180
    while words not in printed.read_text():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_one_command_starts_a_site_and_stops_all_of_it(running, tmp_path):
    process, port = running
    printed = tmp_path / "printed"
    wait_until_it_says(process, printed, f"is running: http://localhost:{port}\n")
    with urllib.request.urlopen(f"http://localhost:{port}/data/places.json") as answer:
        assert len(json.load(answer)["places"]) > 800
    process.terminate()
    assert process.wait(30) == 0
    assert is_free(port)
    last = "Stopped. Nothing is lost: `make run` goes on from here.\n"
    assert printed.read_text().endswith(last)
