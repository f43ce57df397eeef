"""The list of articles."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import Article
from tests.conftest import make_place


def make_articles(number, **values):
    now = timezone.now()
    return [
        Article.objects.create(
            slug=f"article-{index:02}",
            title_en=f"Article {index}",
            title_zh_hant=f"文章{index}",
            publish_at=now - datetime.timedelta(hours=index + 1),
            **values,
        )
        for index in range(number)
    ]


def slugs(response):
    return [article.slug for article in response.context["articles"]]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Article 0"), ("zh-hant", "文章0"), ("zh-hans", "文章0")],
)
def test_titles_stand_in_the_best_language(client, db, language, title):
    make_articles(1)
    assert title in client.get(f"/{language}/news/").content.decode()


def test_twenty_stand_on_a_page_newest_first(client, db):
    make_articles(21)
    first = client.get("/en/news/")
    assert slugs(first) == [f"article-{index:02}" for index in range(20)]
    assert slugs(client.get("/en/news/?page=2")) == ["article-20"]


def test_drafts_and_later_articles_are_not_listed(client, db):
    make_articles(1)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    Article.objects.create(slug="draft", title_en="Draft")
    Article.objects.create(slug="later", title_en="Later", publish_at=tomorrow)
    assert slugs(client.get("/en/news/")) == ["article-00"]


def test_an_article_appears_by_itself_at_its_hour(client, db):
    soon = timezone.now() + datetime.timedelta(seconds=2)
    article = Article.objects.create(slug="soon", title_en="Soon", publish_at=soon)
    assert slugs(client.get("/en/news/")) == []
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now())
    assert slugs(client.get("/en/news/")) == ["soon"]


def test_one_places_articles_can_be_asked_for(client, leeds):
    make_articles(1)
    Article.objects.create(
        slug="of-leeds", title_en="L", place=leeds, publish_at=timezone.now()
    )
    response = client.get("/en/news/?place=leeds")
    assert slugs(response) == ["of-leeds"]
    assert response.context["place"] == leeds


@pytest.mark.parametrize(
    "arguments",
    [
        "place=nowhere",
        "place=%00",
        "place=列斯",
        "page=0",
        "page=x",
        "page=99",
        "page=%00",
    ],
)
def test_senseless_arguments_show_the_list(client, db, arguments):
    make_articles(1)
    assert slugs(client.get(f"/en/news/?{arguments}")) == ["article-00"]


def test_an_empty_list_is_a_page_too(client, db):
    assert client.get("/en/news/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_four_queries(client, db, django_assert_num_queries, rows):
    for number, article in enumerate(make_articles(rows)):
        article.place = make_place(f"place-{number}")
        article.save()
    with django_assert_num_queries(4):
        client.get("/en/news/")


def test_one_countrys_articles_can_be_asked_for(client, leeds):
    make_articles(1)
    now = timezone.now()
    lund = make_place("lund", "SE")
    Article.objects.create(slug="of-leeds", title_en="L", place=leeds, publish_at=now)
    Article.objects.create(slug="of-lund", title_en="S", place=lund, publish_at=now)
    response = client.get("/en/news/?country=SE")
    assert slugs(response) == ["of-lund"]
    assert "<h1>News: Sweden</h1>" in response.content.decode()


def test_the_next_page_keeps_to_the_place_or_country(client, leeds):
    make_articles(21, place=leeds)
    for asked in ("place=leeds", "country=GB"):
        page = client.get(f"/en/news/?{asked}").content.decode()
        assert f'href="?page=2&amp;{asked}"' in page


def test_the_list_leads_to_each_month_and_country_with_published_articles(
    client, leeds
):
    for day, place in (
        ("2026-03-01", leeds),
        ("2026-03-31", None),
        ("2025-12-31", None),
    ):
        moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        Article.objects.create(
            slug=f"a-{day}", title_en=day, place=place, publish_at=moment
        )
    tomorrow = timezone.now() + datetime.timedelta(days=40)
    Article.objects.create(
        slug="hidden",
        title_en="Hidden",
        publish_at=tomorrow,
        place=make_place("lund", "SE"),
    )
    response = client.get("/en/news/")
    assert [
        (str(month.first), month.count) for month in response.context["months"]
    ] == [
        ("2026-03-01", 2),
        ("2025-12-01", 1),
    ]
    (country,) = response.context["countries"]
    assert (country["code"], country["count"]) == ("GB", 1)
    page = response.content.decode()
    assert 'href="/en/news/2026/03/">March 2026</a> (2)' in page
    assert "Sweden" not in page
    assert slugs(client.get("/en/news/2026/03/")) == ["a-2026-03-31", "a-2026-03-01"]


@pytest.mark.parametrize(
    "month", ["2026/04", "2026/13", "2026/00", "2026/3", "0000/01", "9999/12", "26/03"]
)
def test_a_month_without_articles_is_not_found(client, db, month):
    moment = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    Article.objects.create(slug="a", title_en="A", publish_at=moment)
    later = datetime.datetime(9999, 12, 1, tzinfo=datetime.UTC)
    Article.objects.create(slug="later", title_en="Later", publish_at=later)
    assert client.get("/en/news/2026/03/").status_code == 200
    assert client.get(f"/en/news/{month}/").status_code == 404


def test_a_place_without_news_leads_on(client, leeds):
    page = client.get("/en/news/?place=leeds").content.decode()
    assert "Nothing has been published about Leeds yet." in page
    assert 'href="/en/cities/leeds/news.rss"' in page
    assert 'href="/en/cities/leeds/">The page of Leeds</a>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_month_takes_four_queries(client, db, django_assert_num_queries, rows):
    moment = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    for number, article in enumerate(make_articles(rows)):
        article.place, article.publish_at = make_place(f"place-{number}"), moment
        article.save()
    with django_assert_num_queries(4):
        client.get("/en/news/2026/03/")
