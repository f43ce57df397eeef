"""Every feed, read by a feed reader and held against a schema of its format."""

from __future__ import annotations

import datetime
from pathlib import Path

import feedparser
import pytest
from django.utils import timezone
from lxml import etree

from news.models import Article, Release

SCHEMAS = {
    name: etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / f"{name}.rng"))
    for name in ("atom", "rss")
}
FEEDS = [
    f"{room}.{form}"
    for room in ("news/feed", "cities/leeds/news", "press/feed")
    for form in ("rss", "atom")
]
VERSIONS = {"rss": "rss20", "atom": "atom10"}


@pytest.fixture
def texts(leeds):
    """One text of each kind, with what could break a feed, and one in Chinese alone."""
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    for number, titles in enumerate(
        [{"title_en": "A vote & <b>more</b> ]]>"}, {"title_zh_hant": "列斯投票"}]
    ):
        common = {
            **titles,
            "slug": f"text-{number}",
            "place": leeds,
            "summary_en": "“Quoted” \u2028 text",
        }
        Article.objects.create(publish_at=hour_ago, **common)
        Release.objects.create(embargo_until=hour_ago, **common)


def complaints(form, content):
    """Return what the schema of a format says is wrong."""
    schema = SCHEMAS[form]
    schema.validate(etree.fromstring(content))
    return [str(error) for error in schema.error_log]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_keeps_to_its_schema_and_is_read_without_complaint(
    client, texts, path, language
):
    response = client.get(f"/{language}/{path}")
    form = path.rpartition(".")[2]
    assert response["Content-Type"] == f"application/{form}+xml; charset=utf-8"
    assert complaints(form, response.content) == []
    read = feedparser.parse(response.content)
    assert (read.bozo, read.version) == (False, VERSIONS[form])
    assert sorted(entry.link.split("/")[-2] for entry in read.entries) == [
        "text-0",
        "text-1",
    ]
    assert all(entry.published_parsed for entry in read.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_an_empty_feed_keeps_to_its_schema_too(client, leeds, path):
    content = client.get(f"/en/{path}").content
    assert complaints(path.rpartition(".")[2], content) == []
    assert feedparser.parse(content).entries == []


@pytest.mark.parametrize("form", VERSIONS)
def test_the_schema_can_fail(client, texts, form):
    content = client.get(f"/en/news/feed.{form}").content.decode()
    for gone in ("title", "link", "author" if form == "atom" else "guid"):
        tree = etree.fromstring(content.encode())
        found = tree.find(f".//{{*}}{gone}")
        found.getparent().remove(found)
        assert complaints(form, etree.tostring(tree)) != []
    wrong = content.replace("<title>", "<title><b/>", 1)
    assert complaints(form, wrong.encode()) != []


def test_a_places_feed_has_its_own_articles_only(client, texts, newcastle):
    now = timezone.now()
    Article.objects.create(
        slug="elsewhere", title_en="Elsewhere", publish_at=now, place=newcastle
    )
    Article.objects.create(slug="general", title_en="General", publish_at=now)
    read = feedparser.parse(client.get("/en/cities/leeds/news.atom").content)
    assert {entry.link.split("/")[-2] for entry in read.entries} == {"text-0", "text-1"}
    assert read.feed.title == "News about Leeds from Detwin"
    assert read.feed.link == "http://testserver/en/cities/leeds/"


@pytest.mark.parametrize(
    "path", ["nowhere/news.rss", "nowhere/news.atom", "%00/news.rss"]
)
def test_a_feed_of_an_unknown_place_is_not_found(client, texts, path):
    assert client.get(f"/en/cities/{path}").status_code == 404


@pytest.mark.parametrize("form", VERSIONS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_places_feed_takes_two_queries(
    client, leeds, django_assert_num_queries, form, rows
):
    for number in range(rows):
        Article.objects.create(
            slug=f"a{number}", title_en="A", publish_at=timezone.now(), place=leeds
        )
    with django_assert_num_queries(2):
        response = client.get(f"/en/cities/leeds/news.{form}")
    assert not response.cookies
    assert "max-age" in response["Cache-Control"]
