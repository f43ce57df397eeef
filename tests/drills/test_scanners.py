"""Mail scanners and previews open every link; only a person's press counts."""

from __future__ import annotations

import time

import pytest

from tests.conftest import council_data, counted_data
from tests.drills.sites import link_in, wait_until

TIMES = 10
BROWSER_SECONDS = 10
METHODS = ("GET", "HEAD", "OPTIONS")
TABLES = (
    "SELECT * FROM petitions_signature",
    "SELECT * FROM petitions_petition",
    "SELECT * FROM petitions_dailytally",
)
AFTER_72_HOURS = {"DRILL_LATER": str(72 * 3_600 + 60)}


@pytest.fixture
def links(site, relay):
    """Links to confirm and to manage, in each language, and a new one; web alone runs."""
    site.start()
    for number, language in enumerate(("en", "zh-hant", "zh-hans")):
        for kind, data in (("waits", counted_data()), ("signed", council_data())):
            email = f"{kind}.{number}@example.org"
            site.post(f"/{language}/petitions/leeds/sign", {**data, "email": email})
    mailed = {mail["To"]: link_in(mail) for mail in relay.wait_for(6)}
    wait_until(lambda: site.number(RECEIVED) == 0)
    for number in range(3):
        site.post(mailed[f"signed.{number}@example.org"], {"action": "confirm"})
    site.post("/en/petitions/leeds/link", {"email": "signed.0@example.org"})
    mailed["again"] = link_in(relay.wait_for(7)[-1])
    wait_until(lambda: site.number("SELECT count(*) FROM safety_outgoingmail") == 0)
    site.kill("worker")
    return mailed


RECEIVED = "SELECT count(*) FROM petitions_signature WHERE state = 'received'"


def everything(site):
    """Return all rows of the tables of signing."""
    return [sorted(repr(plain(row)) for row in site.rows(read)) for read in TABLES]


def plain(row):
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]


def crawl(site, paths):
    """Ask for each link as a scanner does; return what answers came."""
    answers = [
        (method, site.ask(method, path).status)
        for path in paths
        for method in METHODS
        for _ in range(TIMES)
    ]
    return set(answers)


def press(site, path):
    return site.post(path, {"action": "confirm"}).status


def look_at(browser, site, path):
    """Open a link in a browser that moves, scrolls and follows what it may."""
    page = browser.new_page()
    page.goto(f"http://localhost:{site.port}{path}")
    deadline = time.monotonic() + BROWSER_SECONDS
    while time.monotonic() < deadline:
        page.mouse.move(100, 200)
        page.mouse.wheel(0, 300)
        page.keyboard.press("Tab")
        page.wait_for_timeout(500)
    page.close()


def altered(path):
    """Return links that differ from a real one in one letter, or end too soon."""
    head, token = path.split("/s/")
    swapped = ("A" if token[3] != "A" else "B").join((token[:3], token[4:]))
    last = token[:-2] + ("A" if token[-2] != "A" else "B") + "/"
    return [f"{head}/s/{other}" for other in (swapped, last, token[:-6] + "/")]


@pytest.mark.drill(
    "scanners",
    "10 × GET, HEAD, OPTIONS and 10 s of Chromium change nothing; one press does, a second "
    "nothing; altered or expired 404",
)
@pytest.mark.long
def test_only_a_press_changes_anything(site, links, browser, found):
    before = everything(site)
    answers = crawl(site, links.values())
    for name in ("waits.0@example.org", "signed.1@example.org"):
        look_at(browser, site, links[name])
    unchanged = everything(site) == before
    mine, other = links["waits.0@example.org"], links["waits.1@example.org"]
    pressed = [press(site, mine)]
    once = everything(site)
    pressed += [press(site, mine)]
    twice = everything(site)
    dead = {site.get(path).status for path in altered(other)}
    dead |= {press(site, path) for path in altered(other)}
    site.stop()
    site.start("web", **AFTER_72_HOURS)
    expired = [site.get(other).status, press(site, other)]
    found(
        f"{len(links) * len(METHODS) * TIMES} requests and Chromium: "
        f"{'nothing changed' if unchanged else 'CHANGED'}; pressed {pressed}; "
        f"altered {sorted(dead)}, expired {expired}"
    )
    assert answers == {("GET", 200), ("HEAD", 200), ("OPTIONS", 405)}
    assert unchanged
    assert once != before
    assert twice == once == everything(site)
    assert (dead, expired) == ({404}, [404, 404])
    assert pressed == [200, 200]
