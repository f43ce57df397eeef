"""The home page: figures from the database, news, the worldwide petition."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import Article
from tests.conftest import make_place, twin


def make_article(slug, **values):
    values.setdefault("publish_at", timezone.now() - datetime.timedelta(hours=1))
    values.setdefault("title_en", slug.title())
    return Article.objects.create(slug=slug, **values)


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_home_answers_in_each_language(client, db, language):
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    assert response["Content-Language"] == language


def test_figures_count_ties_and_the_places_that_can_still_be_asked(
    client, leeds, newcastle
):
    figures = client.get("/en/").context["figures"]
    assert figures["standing"] == 1
    assert (figures["presumed"], figures["confirmed"]) == (1, 0)
    assert figures["ended"] == 1
    assert figures["unknown"] == 0
    assert figures["places"] == 1
    assert figures["countries"] == 1
    assert figures["as_of"] == timezone.now().date()


def test_a_tie_that_a_council_confirmed_counts_as_confirmed(client, hangzhou):
    kiel = make_place("kiel", "DE")
    twin(kiel, hangzhou, ("active", "2024", "council"))
    figures = client.get("/en/").context["figures"]
    assert (figures["standing"], figures["confirmed"]) == (1, 1)


def test_supporters_are_summed_without_drafts(client, leeds_petition, world_petition):
    leeds_petition.supporters, world_petition.supporters = 30, 12
    leeds_petition.save()
    world_petition.save()
    assert client.get("/en/").context["figures"]["supporters"] == 42
    leeds_petition.state = "draft"
    leeds_petition.save()
    figures = client.get("/en/").context["figures"]
    assert (figures["supporters"], figures["petitions_open"]) == (12, 1)


def test_countries_come_with_most_places_first(client, leeds, newcastle, hangzhou):
    twin(make_place("kiel", "DE"), hangzhou, ("ended", "2023", "press"))
    countries = client.get("/en/").context["countries"]
    assert [(row["code"], row["places"]) for row in countries] == [("GB", 2), ("DE", 1)]
    assert countries[0]["standing"] == 1
    assert countries[0]["ended"] == 1


def test_the_three_newest_published_articles_are_shown(client, db):
    now = timezone.now()
    for days in range(4):
        make_article(f"a{days}", publish_at=now - datetime.timedelta(days=days + 1))
    make_article("later", publish_at=now + datetime.timedelta(days=1))
    make_article("draft", publish_at=None)
    shown = client.get("/en/").context["articles"]
    assert [article.slug for article in shown] == ["a0", "a1", "a2"]


def test_the_worldwide_petition_is_there_while_it_runs(client, world_petition):
    assert client.get("/en/").context["world"] == world_petition
    world_petition.state = "closed"
    world_petition.save()
    assert client.get("/en/").context["world"] is None


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_database_eight_times(
    client, hangzhou, world_petition, django_assert_num_queries, rows
):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, hangzhou, ("active", "2024", "list"))
        make_article(f"article-{number}", place=place)
    with django_assert_num_queries(8):
        client.get("/en/")


def test_home_carries_no_cookie_and_may_be_kept(client, db):
    response = client.get("/en/")
    assert not response.cookies
    assert response["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in response.get("Vary", "")
