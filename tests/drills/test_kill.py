"""Everything is killed without warning, again and again, while people sign."""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from safety import day_keys
from tests.conftest import council_data, counted_data
from tests.drills.sites import link_in

ACKNOWLEDGED = 5_000
PRESSED = 250
THREADS = 6
SECONDS_BETWEEN = 2.5
MOST_SECONDS = 60


class Over(Exception):
    """The drill takes too long: something was not started again."""


class Killer(threading.Thread):
    """Kills web workers, worker and database in turn, and starts what stays dead.

    gunicorn starts its own workers again; whoever runs the site does so with the
    worker and the database.
    """

    def __init__(self, site):
        super().__init__()
        self.site, self.kills, self.is_over = site, Counter(), threading.Event()

    def run(self):
        names = ["web", "worker", "web", "worker", "web"]
        names += ["database"] if self.site.databases.has_process else []
        for name in itertools.cycle(names):
            if self.is_over.wait(SECONDS_BETWEEN):
                return
            self.kill(name)
            self.kills[name] += 1

    def kill(self, name):
        if name == "database":
            self.site.databases.kill()
            self.site.databases.start()
        else:
            self.site.kill(name)
        if name == "worker":
            self.site.start("worker")

    def stop(self):
        self.is_over.set()
        self.join()


@pytest.fixture
def killer(site):
    site.environment["WEB_CONCURRENCY"] = "3"
    site.start()
    killing = Killer(site)
    yield killing
    killing.stop()


def ask(site, path, data):
    """Return the status of an answer; None where the connection broke."""
    try:
        return site.post(path, data).status
    except (OSError, http.client.HTTPException):
        return None


def insist(site, path, data, wanted):
    """Post until the site has given one of the wanted answers."""
    deadline = time.monotonic() + MOST_SECONDS
    while ask(site, path, data) not in wanted:
        if time.monotonic() > deadline:
            raise Over(path)
        time.sleep(0.2)


def sign_all(site, numbers, acknowledged):
    """Sign as one person after the other, each until the site has said yes."""
    while len(acknowledged) < ACKNOWLEDGED:
        number = next(numbers)
        email = f"signer.{number}@example.org"
        data = (counted_data if number % 10 else council_data)(email=email)
        insist(site, "/en/petitions/leeds/sign", data, (303,))
        acknowledged.append(email)


def press_until_answered(site, path):
    """Press a link until the site has answered, then once more."""
    insist(site, path, {"action": "confirm"}, (200, 404))
    ask(site, path, {"action": "confirm"})


def stored(site):
    """Return the addresses of all signatures that have not been confirmed yet."""
    rows = site.rows(
        "SELECT email_encrypted FROM petitions_signature WHERE confirmed_on IS NULL"
    )
    return {day_keys.decrypt(bytes(blob), "signature").decode() for (blob,) in rows}


@pytest.mark.drill(
    "kill",
    "kill -9 of everything during 5,000 acknowledged signatures: 0 lost, 0 counted twice",
)
@pytest.mark.long
def test_nothing_that_was_acknowledged_is_lost(site, relay, killer, settings, found):
    settings.KEYS_DIR = Path(site.folder) / "keys"
    acknowledged = []
    numbers = itertools.count()
    killer.start()
    with ThreadPoolExecutor(THREADS) as pool:
        tasks = [
            pool.submit(sign_all, site, numbers, acknowledged) for _ in range(THREADS)
        ]
        for task in tasks:
            task.result()
    lost = set(acknowledged) - stored(site)
    relay.wait_for(PRESSED, 300)
    pressed = relay.mails[:PRESSED]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda mail: press_until_answered(site, link_in(mail)), pressed))
    killer.stop()
    people = len({mail["To"] for mail in pressed})
    supporters, rows, tally = counts(site)
    kills = ", ".join(f"{name} {number}" for name, number in killer.kills.items())
    found(
        f"{len(acknowledged)} acknowledged, {len(lost)} lost; {people} people pressed "
        f"{len(pressed)} links, {supporters} counted; killed: {kills}"
    )
    assert lost == set()
    assert supporters == rows == tally == people
    assert site.manage("recount") == "All counters agree.\n"


def counts(site):
    """Return supporters as counted, as rows, and in the daily tally."""
    return (
        site.number("SELECT supporters FROM petitions_petition WHERE slug = 'leeds'"),
        site.number(
            "SELECT count(*) FROM petitions_signature WHERE state = 'confirmed'"
        ),
        site.number("SELECT sum(confirmed) FROM petitions_dailytally"),
    )
