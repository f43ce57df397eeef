"""Starts a whole development site: `make run`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from detwin.ports import answers, complaint, is_free

STEPS: tuple[tuple[str, list[str]], ...] = (
    ("Database", ["migrate", "--verbosity=0"]),
    ("Record", ["load_record"]),
    ("Joint actions", ["load_joint_actions"]),
    ("Petitions", ["open_petitions", "--all"]),
    ("Articles", ["load_articles"]),
    ("Organiser and keys", ["make_demo"]),
)
SECONDS_TO_STOP = 10
LOOK_EVERY_SECONDS = 0.3


class Command(BaseCommand):
    help = "Fill the database, then run web and worker. For development only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start both processes, and stop both when one ends or at Ctrl-C."""
        port = options["port"]
        if not settings.DEBUG:
            raise CommandError("run_site is for development; DEBUG is off here.")
        if not is_free(port):
            raise CommandError(complaint(port))
        self.is_stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        self.prepare()
        if not self.is_stopping:
            self.serve(port)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Note that somebody wants to stop; a step in hand is finished first."""
        self.is_stopping = True

    def prepare(self) -> None:
        """Bring the database up to date; each step can be repeated."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        for number, (title, command) in enumerate(STEPS, 1):
            if self.is_stopping:
                return
            self.say(f"[{number}/{len(STEPS)}] {title}")
            call_command(*command, stdout=self.stdout, stderr=self.stderr)

    def serve(self, port: int) -> None:
        """Run web and worker until one of them ends or somebody wants to stop."""
        site_url = f"http://localhost:{port}"
        environment = {**os.environ, "SITE_URL": site_url, "PYTHONUNBUFFERED": "1"}
        children = {
            name: subprocess.Popen(command, env=environment)  # noqa: S603 our own
            for name, command in commands(port).items()
        }
        try:
            if self.wait_for_web(port, children):
                self.say(f"\n{settings.SITE_NAME} is running: {site_url}")
                self.say(f"Mails: {site_url}/dev/outbox/")
                self.say(f"Desk:  {site_url}/{settings.DESK_PATH}/")
                self.say("Stop it with Ctrl-C.")
            ended = self.watch(children)
        finally:
            stop_all(children)
        if ended:
            raise CommandError(f"The {ended} ended by itself; see above.")
        self.say("\nStopped. Nothing is lost: `make run` goes on from here.")

    def wait_for_web(self, port: int, children: dict[str, Any]) -> bool:
        """Wait until the site answers; tell whether it does."""
        while not self.is_stopping and not answers(port):
            if ended_among(children):
                return False
            time.sleep(LOOK_EVERY_SECONDS)
        return not self.is_stopping

    def watch(self, children: dict[str, Any]) -> str:
        """Wait; return the name of the process that ended by itself, or ``""``."""
        while not self.is_stopping:
            if name := ended_among(children):
                return "" if self.is_stopping else name
            time.sleep(LOOK_EVERY_SECONDS)
        return ""

    def say(self, line: str) -> None:
        """Print a line at once."""
        self.stdout.write(line)
        self.stdout.flush()


def commands(port: int) -> dict[str, list[str]]:
    """Return the command line of each process.

    Web is one process with threads, so that its cache and throttle are whole.
    """
    web = [sys.executable, "-m", "gunicorn", "detwin.wsgi", "--no-control-socket"]
    web += [f"--bind=127.0.0.1:{port}", "--threads=8", "--log-level=warning"]
    manage = str(settings.BASE_DIR / "manage.py")
    return {"web server": web, "worker": [sys.executable, manage, "run_worker"]}


def ended_among(children: dict[str, subprocess.Popen[bytes]]) -> str:
    """Return the name of a process that has ended, or ``""``."""
    ended = [name for name, child in children.items() if child.poll() is not None]
    return ended[0] if ended else ""


def stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every process to stop, and end those that take too long."""
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
