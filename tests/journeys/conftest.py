"""A whole site with its worker, on the real record, and a browser to walk it."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _fresh_memory():
    """The site is another process; there is nothing here to forget."""


class Site:
    """Where the site is, and what its signers find in their mail."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self.url = f"http://localhost:{port}"
        self.environment = {
            **os.environ,
            "DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "detwin.settings",
            "VAR_DIR": str(folder),
            "KEYS_DIR": str(folder / "keys"),
            "SITE_URL": self.url,
            "PAGE_CACHE_SECONDS": "1",
            "THROTTLE_SCALE": "1000",
            **{
                name: f"a secret for journeys only, {name}"
                for name in ("SECRET_KEY", "LINK_KEY", "INDEX_KEY", "CODE_KEY")
            },
            "SUBSCRIBER_KEYS": "j" * 43 + "=",
            "CONTROLLER_NAME": "Demo Campaign",
            "CONTROLLER_ADDRESS": "1 Demo Street, Leeds",
            "CONTROLLER_EMAIL": "contact@example.org",
        }
        self.environment.pop("DATABASE_URL", None)

    def manage(self, *arguments):
        """Run one of the site's commands to its end; return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *arguments):
        """Start one of the site's processes."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def mails_to(self, address, number, answering=None):
        """Wait until an address has so many mails; return them, oldest first.

        Many tests write to the organisers: `answering` keeps the mails that an answer
        to would reach one address.
        """
        for _ in range(150):
            found = [mail for mail in self.mails() if mail["To"] == address]
            if answering:
                found = [mail for mail in found if mail["Reply-To"] == answering]
            if len(found) >= number:
                return found
            time.sleep(0.2)
        raise AssertionError(f"{len(found)} mails to {address}, not {number}")

    def mails(self):
        """Return every mail written so far, oldest first."""
        policy = email.policy.default
        files = sorted((self.folder / "outbox").glob("*.eml"))
        return [
            email.message_from_bytes(file.read_bytes(), policy=policy) for file in files
        ]

    def fetch(self, path):
        """Return the body of an address."""
        with urllib.request.urlopen(self.url + path) as answer:  # noqa: S310
            return answer.read().decode()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@contextmanager
def running_site(folder):
    """Start a site on the real record with its worker; stop both in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Site(folder, port)
    for command in (
        "migrate -v0",
        "load_record",
        "load_joint_actions",
        "load_articles",
    ):
        running.manage(*command.split())
    running.manage("open_petitions", "--all")
    running.manage("make_demo")
    processes = [
        running.start("runserver", "--noreload", "--insecure", f"localhost:{port}"),
        running.start("run_worker"),
    ]
    try:
        wait_for(running)
        yield running
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(20)


def wait_for(site):
    """Wait until the site answers."""
    for _ in range(150):
        try:
            site.fetch("/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The site does not answer.")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Watch:
    """What a page did that it must not: requests elsewhere, errors, cookies."""

    def __init__(self, page, origin):
        self.wrong = []
        page.on("request", lambda request: self.requested(request.url, origin))
        page.on("console", lambda message: self.said(message))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def requested(self, url, origin):
        if not url.startswith((origin, "data:", "about:")):
            self.wrong.append(f"request to {url}")

    def said(self, message):
        # Chromium reports each refused status, and what logging out had it clear.
        if not message.text.startswith(("Failed to load resource", "Clear-Site-Data")):
            self.wrong.append(message.text)


@pytest.fixture(params=[False, True], ids=["without-script", "with-script"])
def scripting(request):
    return request.param


@pytest.fixture
def phone(site, browser, scripting):
    """A page 360 px wide, watched."""
    yield from watched_page(site, browser, 360, scripting)


@pytest.fixture
def laptop(site, browser):
    """A page 1280 px wide with JavaScript, watched."""
    yield from watched_page(site, browser, 1280, True)


def watched_page(site, browser, width, scripting):
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=scripting,
        base_url=site.url,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    watch = Watch(page, site.url)
    yield page
    assert watch.wrong == []
    if not page.url.startswith(f"{site.url}/desk"):
        assert context.cookies() == []
    context.close()
