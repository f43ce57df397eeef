"""No page asks anybody else for anything, and the browser has nothing to complain of."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tests.conftest import council_data, counted_data
from tests.drills.sites import link_in
from tests.journeys.conftest import Watch

pytestmark = pytest.mark.long
LANGUAGES = ("en", "zh-hant", "zh-hans")
OWN = "https://drill.example"
EACH_KIND = 3
# What makes a browser fetch something or send a form, without anybody's click.
FETCHED = re.compile(
    r"<(?:link|script|img|iframe|source|embed|object|form|video|audio|base|input)\b[^>]*?"
    r"\s(?:href|src|srcset|action|formaction|data|poster)=\"([^\"]*)\""
)


def addresses(site):
    """Return every path that the sitemap names, following its parts."""
    paths, todo = [], ["/sitemap.xml"]
    while todo:
        found = re.findall(r"<loc>([^<]+)</loc>", site.get(todo.pop()).body.decode())
        paths += [urlsplit(address).path for address in found]
        todo += [path for path in paths if path.endswith(".xml") and path not in todo]
        paths = [path for path in paths if not path.endswith(".xml")]
    return paths


def elsewhere(site, path):
    """Return what a page would fetch from another origin."""
    page = site.get(path).body.decode()
    wanted = (urlsplit(address) for address in FETCHED.findall(page))
    return [
        address.geturl()
        for address in wanted
        if address.netloc and f"{address.scheme}://{address.netloc}" != OWN
    ]


def kind_of(path):
    """Return what pages of one kind have in common: all but the last name."""
    parts = path.split("/")
    return "/".join(part if number < 3 else "*" for number, part in enumerate(parts))


def some_of_each(paths):
    """Return the first few paths of each kind."""
    seen = Counter()
    chosen = []
    for path in paths:
        seen[kind_of(path)] += 1
        if seen[kind_of(path)] <= EACH_KIND or "/trust/" in path:
            chosen.append(path)
    return chosen


class DeskWatch(Watch):
    """Counts errors only: of Django's own forms Chromium says what it would prefer."""

    def said(self, message):
        if message.type == "error":
            super().said(message)


def watched(browser, site, paths, page=None, watch_with=Watch):
    """Open each path; return what the browser did or said that it must not."""
    origin = f"http://localhost:{site.port}"
    page = page or browser.new_context().new_page()
    watch = watch_with(page, origin)
    wrong = {}
    for path in paths:
        page.goto(origin + path, wait_until="load")
        page.wait_for_timeout(50)
        if watch.wrong:
            wrong[path] = list(watch.wrong)
            watch.wrong.clear()
    return wrong, page


def signers_pages(site, relay):
    """Return the pages that only signers see: to confirm, to manage, and their errors."""
    site.post("/en/petitions/leeds/sign", counted_data(email="waits@example.org"))
    site.post("/en/petitions/leeds/sign", council_data())
    links = {mail["To"]: link_in(mail) for mail in relay.wait_for(2)}
    site.post(links[council_data()["email"]], {"action": "confirm"})
    pages = [f"s/{path.split('/')[3]}/" for path in links.values()]
    pages += [
        "s/x/",
        "nowhere/",
        "cities/?q=zzzz",
        "cities/?q=%E6%9D%AD",
        "petitions/leeds/thanks",
    ]
    return [f"/{language}/{path}" for language in LANGUAGES for path in pages]


@pytest.mark.drill(
    "third parties",
    "every page × 3 languages: 0 requests elsewhere, 0 console errors, no cookie",
)
def test_public_pages_speak_to_nobody_else(site, relay, browser, found):
    site.start()
    every = addresses(site)
    with ThreadPoolExecutor(4) as pool:
        asked = dict(
            zip(every, pool.map(lambda path: elsewhere(site, path), every), strict=True)
        )
    named = {path: urls for path, urls in asked.items() if urls}
    opened = [*some_of_each(every), *signers_pages(site, relay)]
    wrong, page = watched(browser, site, opened)
    cookies = page.context.cookies()
    found(
        f"{len(every):,} pages read, {len(named)} name another origin; {len(opened)} opened "
        f"in Chromium, {len(wrong)} complaints, {len(cookies)} cookies"
    )
    assert {path.split("/")[1] for path in every} == set(LANGUAGES)
    assert len(every) > 2_000
    assert (named, wrong, cookies) == ({}, {}, [])


@pytest.mark.drill(
    "third parties, desk",
    "the desk × 3 languages: 0 requests elsewhere, 0 console errors",
)
def test_the_desk_speaks_to_nobody_else(site, browser, found):
    site.environment |= {"DEBUG": "true", "SITE_URL": f"http://localhost:{site.port}"}
    site.manage("make_demo")
    site.start("web")
    password = (site.folder / "demo-organiser.txt").read_text().strip()
    wrong, page = watched(browser, site, ["/desk/"], None, DeskWatch)
    page.fill("[name=username]", "demo")
    page.fill("[name=password]", password)
    page.click("form:has([name=password]) [type=submit]")
    page.wait_for_selector("a[href^='/desk/news/']")
    links = page.eval_on_selector_all(
        "a[href^='/desk/']", "all => all.map(a => a.pathname)"
    )
    every = [path for path in dict.fromkeys(links) if "logout" not in path]
    opened = [f"{path}?language={code}" for code in LANGUAGES for path in every]
    more, _ = watched(browser, site, opened, page, DeskWatch)
    found(f"{len(opened)} pages opened, {len(wrong | more)} complaints")
    assert len(every) > 15
    assert wrong | more == {}
