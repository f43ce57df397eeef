"""The map for search engines."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from news.models import Article
from tests.conftest import make_place

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def entries(client, settings):
    """Return a function giving each page's address with its alternates."""
    settings.SITE_URL = "https://example.org"

    def read():
        content = client.get("/sitemap.xml").content
        return {
            entry.findtext(LOC): {
                link.get("hreflang"): link.get("href") for link in entry.iter(LINK)
            }
            for entry in ElementTree.fromstring(content)  # noqa: S314 - our own.
        }

    return read


def test_every_page_links_to_itself_in_every_language(entries, leeds):
    alternates = {
        "en-GB": "https://example.org/en/cities/leeds/",
        "zh-Hant-HK": "https://example.org/zh-hant/cities/leeds/",
        "zh-Hans": "https://example.org/zh-hans/cities/leeds/",
        "x-default": "https://example.org/en/cities/leeds/",
    }
    for code in ("en", "zh-hant", "zh-hans"):
        assert entries()[f"https://example.org/{code}/cities/leeds/"] == alternates


def test_the_home_page_leaves_the_language_to_the_reader(entries, db):
    home = entries()["https://example.org/zh-hant/"]
    assert home["x-default"] == "https://example.org/"


def test_drafts_and_later_articles_are_not_on_the_map(entries, leeds_petition):
    hour = datetime.timedelta(hours=1)
    Article.objects.create(slug="out", title_en="O", publish_at=timezone.now() - hour)
    Article.objects.create(slug="soon", title_en="S", publish_at=timezone.now() + hour)
    found = entries()
    assert "https://example.org/en/news/out/" in found
    assert "https://example.org/en/news/soon/" not in found
    assert "https://example.org/en/petitions/leeds/" in found
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert "https://example.org/en/petitions/leeds/" not in entries()


def test_every_address_on_the_map_answers(client, entries, leeds_petition):
    for address in entries():
        path = address.removeprefix("https://example.org")
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_takes_six_queries(client, db, django_assert_num_queries, rows):
    for number in range(rows):
        make_place(f"place-{number}")
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")
