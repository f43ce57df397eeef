"""RSS and Atom, one feed per language."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from news.models import Article

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article(db):
    return Article.objects.create(
        slug="a-vote",
        title_en="A vote & more",
        title_zh_hant="投票",
        summary_en="The <b>council</b> votes.",
        summary_zh_hant="議會投票。",
        publish_at=timezone.now() - datetime.timedelta(hours=1),
    )


def read(client, path):
    return ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own.


@pytest.mark.parametrize(
    ("language", "tag"),
    [("en", "en-GB"), ("zh-hant", "zh-Hant-HK"), ("zh-hans", "zh-Hans")],
)
def test_rss_names_its_language_and_its_own_address(
    client, article, settings, language, tag
):
    settings.SITE_URL = "https://example.org"
    channel = read(client, f"/{language}/news/feed.rss")[0]
    assert channel.findtext("language") == tag
    assert channel.findtext("link") == f"https://example.org/{language}/news/"
    own = channel.find(f"{ATOM}link").get("href")
    assert own == f"https://example.org/{language}/news/feed.rss"
    item = channel.find("item")
    assert item.findtext("link") == f"https://example.org/{language}/news/a-vote/"


def test_atom_names_its_language_and_entries(client, article, settings):
    settings.SITE_URL = "https://example.org"
    feed = read(client, "/zh-hant/news/feed.atom")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hant-HK"
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "投票"
    assert entry.findtext(f"{ATOM}summary") == "議會投票。"
    link = entry.find(f"{ATOM}link").get("href")
    assert link == "https://example.org/zh-hant/news/a-vote/"


def test_a_text_in_another_language_is_followed_by_its_name(client, article):
    item = read(client, "/zh-hans/news/feed.rss")[0].find("item")
    assert item.findtext("title") == "投票 (繁體中文)"


def test_titles_and_summaries_stay_what_they_are(client, article):
    item = read(client, "/en/news/feed.rss")[0].find("item")
    assert item.findtext("title") == "A vote & more"
    assert item.findtext("description") == "The <b>council</b> votes."


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom"])
def test_what_is_not_published_is_not_in_a_feed(client, article, name):
    Article.objects.create(slug="draft", title_en="Hidden draft")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    Article.objects.create(slug="x", title_en="Hidden later", publish_at=tomorrow)
    content = client.get(f"/en/news/{name}").content.decode()
    assert "A vote" in content
    assert "Hidden" not in content


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom"])
@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_feed_takes_one_query(client, db, django_assert_num_queries, name, rows):
    for number in range(rows):
        Article.objects.create(
            slug=f"a{number}", title_en="A", publish_at=timezone.now()
        )
    with django_assert_num_queries(1):
        response = client.get(f"/en/news/{name}")
    assert not response.cookies
