"""The disk is full, or the database is down: nothing is promised that is not kept."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import counted_data
from tests.drills.databases import SQLite
from tests.drills.faults import DatabaseStopped, small_disk

PAGES = ["/en/", "/zh-hant/petitions/leeds/", "/zh-hans/cities/", "/en/cities/leeds/"]
FRESH_SECONDS = 2
WORDS = {
    "en": "try again in a few minutes",
    "zh-hant": "請過幾分鐘再試",
    "zh-hans": "请过几分钟再试",
}
LANGUAGES = list(WORDS)


@pytest.fixture
def faulty(site, template):
    """A running site and a fault that its database can have."""
    site.environment |= {
        "CACHE_URL": "locmemcache://",
        "PAGE_CACHE_URL": "locmemcache://pages",
        "PAGE_CACHE_SECONDS": str(FRESH_SECONDS),
        "WEB_CONCURRENCY": "1",
    }
    if site.databases.has_process:
        site.start()
        yield site, DatabaseStopped(site)
        return
    with small_disk() as (folder, fault):
        shutil.copy(site.databases.folder / template.name, folder / site.name)
        site.databases = SQLite(folder)
        site.environment["DATABASE_URL"] = site.databases.url(site.name)
        site.start()
        yield site, fault(site, Path(folder))
        site.stop()


class Signers:
    """Sign one after the other and remember what each was told."""

    def __init__(self, site):
        self.site, self.number, self.told, self.wrong = site, 0, {}, []

    def sign(self):
        """Sign with a new address; return the status of the answer."""
        self.number += 1
        language = LANGUAGES[self.number % 3]
        email = f"signer.{self.number}@example.org"
        path = f"/{language}/petitions/leeds/sign"
        answer = self.site.post(path, counted_data(email=email))
        self.told[email] = answer.status
        if answer.status == 503 and WORDS[language] not in answer.body.decode():
            self.wrong.append(answer.body)
        return answer.status

    def sign_until(self, status, most):
        """Sign until somebody is told so; return how many have signed."""
        return next((n for n in range(1, most) if self.sign() == status), None)

    @property
    def acknowledged(self):
        return {email for email, status in self.told.items() if status == 303}


@pytest.mark.drill(
    "disk full / database down",
    "503 page, 0 false acknowledgements, resumes by itself, cached pages keep coming",
)
@pytest.mark.long
def test_a_fault_that_passes(faulty, relay, found):
    site, fault = faulty
    signers = Signers(site)
    for path in PAGES:
        assert site.get(path).status == 200
    assert [signers.sign() for _ in range(10)] == [303] * 10
    relay.wait_for(10)
    fault.begin()
    assert signers.sign_until(503, 500)
    time.sleep(FRESH_SECONDS + 1)
    refused = [signers.sign() for _ in range(30)]
    pages = [site.get(path).status for path in PAGES]
    fault.end()
    began = time.monotonic()
    assert signers.sign_until(303, 100)
    resumed = time.monotonic() - began
    assert [signers.sign() for _ in range(10)] == [303] * 10
    mailed = mailed_when_all_are(signers.acknowledged, relay)
    false = signers.acknowledged - mailed
    alive = [process.poll() for process in site.processes.values()]
    statuses = {
        status: list(signers.told.values()).count(status) for status in (303, 503)
    }
    found(
        f"{fault.name}: {statuses[503]} told 503, {statuses[303]} acknowledged, "
        f"{len(false)} falsely; {pages.count(200)} of {len(PAGES)} pages kept coming; "
        f"resumed after {resumed:.1f} s"
    )
    assert set(signers.told.values()) == {303, 503}
    assert refused.count(503) >= 25
    assert (signers.wrong, pages, false, alive) == ([], [200] * 4, set(), [None, None])
    site.manage("recount")


def mailed_when_all_are(expected, relay):
    """Return who was mailed, once all are or nothing more can be hoped for."""

    def mailed():
        return {mail["To"] for mail in list(relay.mails)}

    deadline = time.monotonic() + 90
    while not expected <= mailed() and time.monotonic() < deadline:
        time.sleep(0.5)
    return mailed()
