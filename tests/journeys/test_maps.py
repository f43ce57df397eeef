"""Maps and charts in a browser: they load, they fit, and they can be read."""

from __future__ import annotations

import gzip

import pytest

from tests.journeys.test_pages import broken_rules, weight_of

pytestmark = pytest.mark.journey

PAGES = ("", "cities/leeds/", "cities/hangzhou/", "cities/?country=JP")
GROWTH = """
import datetime
from django.utils import timezone
from petitions.chain import close_days
from petitions.models import DailyTally, Petition
petition = Petition.objects.get(slug="glasgow")
today = timezone.now().date()
petition.opens_on = today - datetime.timedelta(days=365)
petition.supporters = 365 * 12
petition.save()
for ago in range(365, 0, -1):
    day = today - datetime.timedelta(days=ago)
    DailyTally.objects.create(petition=petition, day=day, confirmed=12)
close_days()
"""
IS_LOADED = """() => {
    const picture = document.querySelector("img[src^='/map.svg']");
    picture.scrollIntoView();
    return picture.complete && picture.naturalWidth > 0;
}"""


@pytest.fixture(scope="module")
def grown(site):
    """The site, with a year of figures for one petition that no other test reads."""
    site.manage("shell", "-c", GROWTH)
    return site


@pytest.mark.parametrize("path", PAGES)
def test_a_map_loads_and_fits_a_phone(phone, path):
    phone.goto(f"/zh-hant/{path}")
    picture = phone.locator("img[src^='/map.svg']")
    picture.scroll_into_view_if_needed()
    assert picture.bounding_box()["width"] >= 320
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PAGES)
def test_a_map_has_been_drawn_on_a_laptop(laptop, path):
    for language in ("en", "zh-hans"):
        laptop.goto(f"/{language}/{path}")
        laptop.wait_for_function(IS_LOADED)
        assert laptop.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_map_opened_by_itself_keeps_to_its_policy(laptop):
    laptop.goto("/map.svg?lang=zh-hant")
    assert laptop.locator("path.way").count() >= 4
    colour = "getComputedStyle(document.querySelector('.way.ended')).stroke"
    assert laptop.evaluate(colour) == "rgb(23, 99, 63)"


def test_home_with_its_map_weighs_no_more_than_its_budget(site):
    bodies = [site.fetch(path) for path in ("/en/", "/map.svg?lang=en")]
    weights = [len(gzip.compress(body.encode())) for body in bodies]
    assert sum(weights) <= 50_000, weights


@pytest.mark.parametrize("language", ("en", "zh-hant", "zh-hans"))
def test_a_year_of_growth_is_a_chart_anybody_can_read(grown, browser, language):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{grown.url}/{language}/petitions/glasgow/")
    assert page.locator("svg.chart").bounding_box()["width"] >= 250
    assert page.locator("svg.chart title").inner_html()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert weight_of(grown, f"/{language}/petitions/glasgow/") <= 15_000
    page.close()
