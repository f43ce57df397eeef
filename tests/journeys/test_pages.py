"""Every public page in every language: nothing leaks or breaks, all weigh little."""

from __future__ import annotations

import gzip
import html
import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern

pytestmark = pytest.mark.journey

LANGUAGES = ("en", "zh-hant", "zh-hans")
PAGES = {
    "": 60,
    "cities/": 60,
    "cities/leeds/": 20,
    "cities/newcastle-upon-tyne/": 20,
    "cities/hangzhou/": 20,
    "cities/?q=zzzz": 60,
    "cities/?country=GB": 60,
    "cities/?as-of=2022-11-01&sort=status": 60,
    "cities/newcastle-upon-tyne/?as-of=2022-11-01": 20,
    "cities/countries/gb/": 60,
    "cities/definitions/": 30,
    "data/": 30,
    "petitions/": 60,
    "petitions/leeds/": 15,
    "petitions/sheffield/": 15,
    "petitions/world/": 15,
    "petitions/gb/": 15,
    "petitions/leeds/thanks": 15,
    "petitions/leeds/poster/": 15,
    "petitions/sheffield/sheet/": 15,
    "cities/missing/": 15,
    "cities/missing/thanks/": 15,
    "news/": 30,
    "news/newcastle-ends-taiyuan-agreement/": 30,
    "news/?place=leeds": 30,
    "news/2022/11/": 30,
    "news/updates/": 15,
    "news/updates/?place=leeds": 15,
    "news/updates/thanks/": 15,
    "news/updates/deleted/": 15,
    "press/": 30,
    "press/facts/sheffield/": 20,
    "press/facts/countries/gb/": 30,
    "campaign/": 30,
    "campaign/history/": 60,
    "campaign/days/2022-10-01/": 30,
    "campaign/start/": 30,
    "about/": 30,
    "faq/": 30,
    "events/demo-stall/": 30,
    "events/demo-march/": 30,
    "events/?place=leeds": 30,
    "trust/": 30,
    "trust/privacy/": 30,
    "trust/counting/": 30,
    "trust/corrections/": 30,
    "trust/accessibility/": 30,
    "trust/contact/": 30,
    "trust/complaints/": 30,
    "trust/deletions/": 30,
    "events/": 30,
    "campaign/groups/": 30,
    "campaign/join/": 15,
    "campaign/join/group/": 15,
    "campaign/join/person/": 15,
    "campaign/join/thanks/": 15,
    "campaign/join/passed-on/": 15,
    "campaign/join/deleted/": 15,
    "report/": 15,
    "report/thanks/": 15,
    "cities/leeds/report/": 15,
}
# What is no page to read: forms' addresses, which lead back to their page; data;
# mailed links, which `test_signing`, `test_petition_look` and `test_joining` follow;
# a stall's own poster and sheet, which `test_finding` opens; calendars; feeds; the lasting
# address of the statement, which is the page `campaign/` again; releases, which
# `test_press` makes; an unpublished article, which `test_writing` reads; links of news by
# mail, which `test_news_by_mail` follows.
NO_PAGES = {
    *("petitions:sign", "petitions:code", "petitions:link", "petitions:token"),
    *("petitions:poster-of", "petitions:sheet-of"),
    *("news:rss", "news:atom", "cities:changes", "cities:find"),
    *("cities:rss", "cities:atom", "press:rss", "press:atom"),
    *("press:release", "press:embargo", "news:preview"),
    *("news:updates-confirm", "news:updates-yours"),
    *("front:events-calendar", "events:calendar", "cities:calendar"),
    *("campaign:day-calendar", "campaign:statement-version"),
    "campaign:join-confirm",
}
# Groups that have no Chinese name of their own.
NAMES = ("Newcastle Stands with Hong Kong", "Nottingham Stands with Hong Kong")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def test_every_address_is_visited_here_or_said_to_be_no_page():
    visited = {resolve(f"/en/{path.split('?')[0]}").view_name for path in PAGES}
    assert visited | NO_PAGES == set(view_names(get_resolver().url_patterns))
    assert visited & NO_PAGES == set()


def view_names(patterns, room=""):
    """Yield the name of each view inside the language prefix."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if room:
                yield f"{room}:{pattern.name}"
        elif isinstance(pattern.pattern, LocalePrefixPattern):
            for inner in pattern.url_patterns:
                yield from view_names([inner], inner.app_name or "front")
        elif room:
            yield from view_names(pattern.url_patterns, pattern.app_name or room)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_a_narrow_phone(site, browser, language, path):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{site.url}/{language}/{path}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def broken_rules(page):
    """Return what axe finds wrong, with the first element of each rule."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_only_our_own_is_quiet_and_keeps_to_its_language(laptop, path):
    for language in LANGUAGES:
        laptop.goto(f"/{language}/{path}")
        assert laptop.locator("h1").count() == 1
        if language != "en":
            assert english_on(laptop) == []


def english_on(page):
    """Return runs of English words on a page in Chinese.

    What is marked with its own `lang` may be English; everything else may not.
    """
    text = page.evaluate(
        """() => {
            const copy = document.body.cloneNode(true);
            for (const node of copy.querySelectorAll(
                '[lang]:not([lang^="zh"]), a[href^="http"], code'
            )) node.remove();
            return copy.textContent;
        }"""
    )
    for name in NAMES:
        text = text.replace(name, "")
    return re.findall(r"[A-Za-z][a-z]{3,}(?: [A-Za-z]{2,}){2,}", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_no_more_than_its_budget(site, path, language):
    weight = weight_of(site, f"/{language}/{path}")
    assert weight <= PAGES[path] * 1000, f"{weight} bytes"


def weight_of(site, path):
    """Return the compressed bytes of a page with all that its first view loads."""
    page = site.fetch(path)
    names = set(re.findall(r'(?:href="(?=/static/)|src=")(/[^"]+)"', page))
    first_view = [html.unescape(name) for name in names if "apple-touch" not in name]
    bodies = [page, *(fetch_bytes(site, name) for name in first_view)]
    return sum(
        len(gzip.compress(body if isinstance(body, bytes) else body.encode()))
        for body in bodies
    )


def fetch_bytes(site, path):
    with urllib.request.urlopen(site.url + path) as answer:  # noqa: S310
        return answer.read()
