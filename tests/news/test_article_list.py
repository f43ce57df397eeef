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
def test_the_list_takes_two_queries(client, db, django_assert_num_queries, rows):
    for number, article in enumerate(make_articles(rows)):
        article.place = make_place(f"place-{number}")
        article.save()
    with django_assert_num_queries(2):
        client.get("/en/news/")
