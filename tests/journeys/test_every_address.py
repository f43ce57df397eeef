"""Every address of the site is visited: nothing from elsewhere, nothing to complain of.

`test_pages` visits the pages to read; here are all others, each with an example. What
lies behind the desk's door is `test_desk`'s.
"""

from __future__ import annotations

import re

import pytest
from django.urls import URLPattern, get_resolver, resolve

from tests.journeys.test_pages import LANGUAGES, PAGES
from tests.journeys.test_signing import link_in, sign_as

pytestmark = pytest.mark.journey

BEHIND_THE_DOOR = {"admin", "access", "desk", "exports"}
# One of each, with a name that no other test looks for.
SETUP = """
from django.utils import timezone
from petitions.models import PaperSheet, Petition
PaperSheet.objects.create(
    petition=Petition.objects.get(slug="leeds"), code="7KQ2MX",
    printed_on=timezone.now().date(),
)
"""
# An address with a language stands here without it.
LOCAL = {
    "petitions:poster-of": "petitions/leeds/poster/7KQ2MX/",
    "petitions:sheet-of": "petitions/leeds/sheet/7KQ2MX/",
    # Asked for instead of sent, these lead back to the petition.
    "petitions:sign": "petitions/leeds/sign",
    "petitions:code": "petitions/leeds/code",
    "petitions:link": "petitions/leeds/link",
    "cities:find": "cities/find.json?q=leeds",
    "cities:calendar": "cities/leeds/events.ics",
    "cities:changes": "cities/changes.atom",
    "cities:rss": "cities/leeds/news.rss",
    "cities:atom": "cities/leeds/news.atom",
    "campaign:day-calendar": "campaign/days/2022-10-01/events.ics",
    "campaign:statement-version": "campaign/statement/1/",
    "events:calendar": "events/demo-stall.ics",
    "events-calendar": "events.ics",
    "news:rss": "news/feed.rss",
    "news:atom": "news/feed.atom",
    "press:rss": "press/feed.rss",
    "press:atom": "press/feed.atom",
}
# These need a mail first, or something that an organiser made. What is not followed here
# is in `test_news_by_mail`, `test_press` and `test_writing`.
MAILED = {
    *("petitions:token", "campaign:join-confirm"),
    *("news:updates-confirm", "news:updates-yours", "news:preview"),
    *("press:release", "press:embargo"),
    *("root:picture", "root:press-picture", "root:press-picture-small"),
}
WHOLE = {
    "root:health": "healthz",
    "root:ready": "readyz",
    "root:robots": "robots.txt",
    "root:favicon": "favicon.ico",
    "root:sitemap": "sitemap.xml",
    "root:security": ".well-known/security.txt",
    "root:manifest": "manifest.webmanifest",
    "root:map": "map.svg",
    "root:share-picture": "share/en/leeds.png",
    "root:article-picture": "share/en/news/newcastle-ends-taiyuan-agreement.png",
    "root:press-archive": "press/pictures.zip",
    "root:short-link": "q/leeds",
    "root:qr": "q/leeds.svg",
    "root:places-json": "data/places.json",
    "root:places-csv": "data/places.csv",
    "root:twinnings-json": "data/twinnings.json",
    "root:twinnings-csv": "data/twinnings.csv",
    "root:status-events-json": "data/status-events.json",
    "root:status-events-csv": "data/status-events.csv",
    "root:petitions-json": "data/petitions.json",
    "root:petitions-csv": "data/petitions.csv",
    "root:daily": "data/petitions/leeds/daily.csv",
    "root:areas": "data/petitions/world/areas.csv",
    "root:deletions": "data/deletions.csv",
    "root:tally-heads": "data/tally-heads.csv",
    "root:schema": "data/schema/places.json",
    "root:data-readme": "data/README.md",
}
# Only the development site has it.
DEVELOPMENT = ("dev/style/?language=zh-hant",)


def names(patterns, room=""):
    """Yield the name of each view that is not behind the desk's door."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{room}:{pattern.name}" if room else pattern.name
        elif pattern.namespace not in BEHIND_THE_DOOR:
            yield from names(pattern.url_patterns, pattern.namespace or room)


def test_an_address_without_an_example_fails():
    pages = {resolve(f"/en/{path.split('?')[0]}").view_name for path in PAGES}
    others = {*LOCAL, *MAILED, *WHOLE}
    everything = {
        name.replace("front:events-calendar", "events-calendar")
        for name in names(get_resolver().url_patterns)
    }
    assert pages | others == everything
    assert pages & others == set()


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, f"/en/{path}") for name, path in LOCAL.items()]
    + [(name, f"/{path}") for name, path in WHOLE.items()],
)
def test_an_example_is_of_its_address(name, path):
    assert resolve(path.split("?")[0]).view_name == name


@pytest.fixture(scope="module")
def peopled(site):
    """The site, with a printed sheet."""
    site.manage("shell", "-v0", "-c", SETUP)


def visit(page, path):
    """Open a page or a drawing; fetch what a browser shows in a page of its own."""
    answer = page.request.get(path)
    assert answer.ok, (path, answer.status)
    kind = answer.headers["content-type"]
    if kind.startswith(("text/html", "image/svg")):
        page.goto(path)
    return kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_page_to_read_is_quiet_too(peopled, laptop, language):
    for path in LOCAL.values():
        visit(laptop, f"/{language}/{path}")


def test_what_has_no_language_is_quiet_too(peopled, laptop):
    kinds = {
        path: visit(laptop, f"/{path}") for path in (*WHOLE.values(), *DEVELOPMENT)
    }
    assert kinds["map.svg"] == "image/svg+xml"
    assert kinds["share/en/leeds.png"] == "image/png"


def test_what_mails_lead_to_is_quiet_too(site, laptop):
    sign_as(laptop, "en", "every.address@example.com")
    laptop.goto(link_in(site.mails_to("every.address@example.com", 1)[0]))
    assert laptop.locator("button[value=confirm]").count() == 1
    laptop.goto("/en/campaign/join/person/")
    laptop.fill("[name=name]", "Zoë O'Brien")
    laptop.fill("[name=email]", "every.joiner@example.com")
    laptop.click("main [type=submit]")
    (mail,) = site.mails_to("every.joiner@example.com", 1)
    laptop.goto(re.search(r"http://\S+", mail.get_content())[0])
    assert laptop.locator("main form button").count() >= 1
