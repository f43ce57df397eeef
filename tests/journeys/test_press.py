"""A press release in a browser: under embargo for an outlet, then for everybody."""

from __future__ import annotations

import pytest

from tests.journeys.test_pages import LANGUAGES, broken_rules

pytestmark = pytest.mark.journey

MAKE = """
from datetime import timedelta
from django.utils import timezone
from news.models import OutletLink, Release
later = timezone.now() + timedelta(days=1)
release = Release.objects.create(
    slug="a-sample-release", title_en="A sample release", body_en="It **stands** here.",
    title_zh_hant="示範新聞稿", body_zh_hant="內文。",
    title_zh_hans="示例新闻稿", body_zh_hans="正文。",
    embargo_until=later,
)
link = OutletLink.objects.create(release=release, outlet="Sample Herald")
print(link.get_absolute_url())
"""
PUBLISH = """
from django.utils import timezone
from news.models import Release
Release.objects.update(embargo_until=timezone.now())
"""


def test_a_release_is_readable_on_a_narrow_phone_before_and_after_its_hour(
    site, browser
):
    link = site.manage("shell", "-v0", "-c", MAKE).split()[-1]
    check(site, browser, link.removeprefix("/en/"))
    site.manage("shell", "-v0", "-c", PUBLISH)
    assert "Under embargo" not in site.fetch(link)
    check(site, browser, "press/releases/a-sample-release/")


def check(site, browser, path):
    """Hold one page against axe in each language and both schemes, 320 px wide."""
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for language in LANGUAGES:
        page.goto(f"{site.url}/{language}/{path}")
        assert page.locator("h1").count() == 1
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
