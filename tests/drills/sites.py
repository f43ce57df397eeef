"""A whole site as processes: gunicorn, worker, database, and a relay beside them."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psutil

from safety.secret_files import new_secrets

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"https?://[^/\s]+(/[a-z-]+/s/[^/\s]+/)")
SECRETS = new_secrets()


@dataclass(frozen=True)
class Answer:
    """What a visitor got."""

    status: int
    headers: dict
    body: bytes


class Site:
    """One site in one folder, run as in production but for https."""

    def __init__(self, folder, databases, name, relay=None, **environment):
        self.folder, self.databases, self.name = folder, databases, name
        self.relay, self.port = relay, free_port()
        self.processes = {}
        self.log = folder / "log"
        (folder / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environment = {
            **os.environ,
            **settings_of(self),
            **SECRETS,
            **environment,
        }

    def start(self, *names, **environment):
        """Start web and worker, or those named."""
        for name in names or ("web", "worker"):
            with self.log.open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, "-m", *getattr(self, f"{name}_command")()],
                    cwd=ROOT,
                    env={**self.environment, **environment},
                    stdout=log,
                    stderr=log,
                )
        if "web" in self.processes:
            wait_until(self.answers)

    def web_command(self):
        return [
            *("gunicorn", "tests.drills.altered", f"--bind=127.0.0.1:{self.port}"),
            *("--no-control-socket", "--log-level=warning", "--timeout=60"),
        ]

    def worker_command(self):
        return ["tests.drills.altered", "run_worker"]

    def manage(self, *arguments, **environment):
        """Run one command to its end; return what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.drills.altered", *map(str, arguments)],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        with self.log.open("a") as log:
            log.write(done.stdout + done.stderr)
        return done.stdout

    def stop(self):
        """Stop what runs, as an administrator does."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            process.wait(60)
        self.processes = {}

    def kill(self, name):
        """Kill one of the processes; of web those that serve, not the one that watches."""
        process = psutil.Process(self.processes[name].pid)
        victims = process.children() if name == "web" else [process]
        for victim in victims:
            victim.kill()
        if name != "web":
            self.processes.pop(name).wait()

    def answers(self):
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def ask(self, method, path, data=None, **headers):
        """Send one request over a connection of its own and return the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = None
        if data is not None:
            body = urlencode(data)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, data, **headers):
        return self.ask("POST", path, data, **headers)

    def rows(self, statement):
        """Return what a statement finds in the database, asked beside the site."""
        with self.databases.connect(self.name) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            return cursor.fetchall()

    def number(self, statement):
        """Return the one number that a statement finds."""
        return self.rows(statement)[0][0]


def settings_of(site):
    """Return the environment of a site in production, kept in one folder."""
    return {
        "DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": "detwin.settings",
        "SECURE_SSL_REDIRECT": "false",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,drill.example",
        "SITE_URL": "https://drill.example",
        "MAIL_FROM": "no-reply@drill.example",
        "DATABASE_URL": site.databases.url(site.name),
        "VAR_DIR": str(site.folder),
        "KEYS_DIR": str(site.folder / "keys"),
        "CACHE_URL": f"filecache://{site.folder}/cache",
        "PAGE_CACHE_URL": f"filecache://{site.folder}/pages",
        "EMAIL_URL": f"smtp://127.0.0.1:{site.relay.port}"
        if site.relay
        else "dummymail://",
        "THROTTLE_SCALE": "1",
        "WEB_CONCURRENCY": "2",
        # A browser keeps connections open that it does not use; a proxy would not.
        "GUNICORN_CMD_ARGS": "--threads=8",
        "CONTROLLER_NAME": "Drill Campaign",
        "CONTROLLER_ADDRESS": "1 Drill Street, Leeds",
        "CONTROLLER_EMAIL": "contact@example.org",
    }


def prepare(site, seeds):
    """Fill an empty site: the record, two petitions, two keys, collected files."""
    site.manage("collectstatic", "-v0", "--noinput")
    site.manage("migrate", "-v0")
    site.manage("load_record")
    site.manage("open_petitions", "leeds", "sheffield", "world")
    add_keys = (
        "from safety.key_pairs import public_key_of as key\n"
        "from safety.models import RecipientKey\n"
        f"for number, seed in enumerate({[seed.hex() for seed in seeds]}):\n"
        "    public = key(bytes.fromhex(seed))\n"
        "    RecipientKey.objects.add(public, 'Drill', is_escrow=bool(number))\n"
    )
    site.manage("shell", "-v0", "-c", add_keys)


def link_in(mail):
    """Return the path of the link in a mail, or None."""
    found = LINK.search(mail.get_content())
    return found[1] if found else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, seconds=60):
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{true} never came"
        time.sleep(0.1)


def new_seeds():
    """Return seeds of a key holder's and an escrow key."""
    return [secrets.token_bytes(32), secrets.token_bytes(32)]
