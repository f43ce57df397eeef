"""The page of one place, outside China and in China."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cities.models import PetitionRules, RecordCorrection, Threshold
from news.models import Article
from petitions.models import Petition
from tests.conftest import make_petition, make_place, twin


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("slug", ["leeds", "hangzhou"])
def test_places_on_both_sides_have_a_page(client, leeds, language, slug):
    response = client.get(f"/{language}/cities/{slug}/")
    assert response.status_code == 200
    twins = {"en": ["Leeds", "Hangzhou"], "zh-hant": ["列斯", "杭州"]}
    for name in twins.get(language, ["利兹", "杭州"]):
        assert name in response.content.decode()


def test_every_event_stands_with_its_source_newest_first(client, newcastle):
    wagga = make_place("wagga-wagga", "AU")
    events = [("ended", "2020-04-14", "council"), ("active", "2020-04-28", "council")]
    twin(wagga, make_place("kunming", "CN"), *events)
    response = client.get("/en/cities/wagga-wagga/")
    (tie,) = response.context["ties"]
    assert [event.status for event in tie.history] == ["active", "ended"]
    page = response.content.decode()
    assert page.index("https://example.org/2") < page.index("https://example.org/1")


def test_a_place_in_china_shows_the_ties_of_its_twins(client, leeds):
    response = client.get("/en/cities/hangzhou/")
    assert [tie.place.slug for tie in response.context["ties"]] == ["leeds"]
    assert response.context["council"] is None


def test_the_council_comes_with_its_rules_and_thresholds(client, leeds):
    rules = PetitionRules.objects.create(
        council=leeds.council, source="https://example.org/rules"
    )
    Threshold.objects.create(rules=rules, signatures=3000, triggers_en="a debate")
    context = client.get("/en/cities/leeds/").context
    assert context["council"] == leeds.council
    assert context["rules"] == rules
    assert [step.signatures for step in context["thresholds"]] == [3000]


def test_without_rules_on_record_there_are_none(client, leeds):
    context = client.get("/en/cities/leeds/").context
    assert context["rules"] is None
    assert context["thresholds"] is None


def test_the_petition_hides_a_small_number_of_supporters(client, leeds_petition):
    card = client.get("/en/cities/leeds/").context["petition"]
    assert (card.slug, card.is_running, card.supporters) == ("leeds", True, None)
    leeds_petition.supporters = 25
    leeds_petition.save()
    assert client.get("/en/cities/leeds/").context["petition"].supporters == 25


def test_a_draft_is_not_shown(client, leeds_petition):
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert client.get("/en/cities/leeds/").context["petition"] is None


def test_a_closed_petition_gives_way_to_a_running_one(client, leeds_petition):
    leeds_petition.state = "refused"
    leeds_petition.save()
    make_petition(leeds_petition.place, slug="leeds-2")
    assert client.get("/en/cities/leeds/").context["petition"].slug == "leeds-2"


def test_where_all_is_over_the_countrys_petition_is_named(client, newcastle):
    make_petition(
        slug="gb", scope=Petition.Scope.COUNTRY, country="GB", addressee_en="All"
    )
    make_petition(
        slug="de", scope=Petition.Scope.COUNTRY, country="DE", addressee_en="All"
    )
    context = client.get("/en/cities/newcastle-upon-tyne/").context
    assert context["all_over"]
    assert context["country_petition_slug"] == "gb"


def test_a_place_with_a_standing_tie_is_not_over(client, leeds):
    assert not client.get("/en/cities/leeds/").context["all_over"]


def test_its_published_articles_are_listed(client, leeds):
    past = timezone.now() - datetime.timedelta(hours=1)
    later = timezone.now() + datetime.timedelta(hours=1)
    Article.objects.create(slug="out", title_en="O", place=leeds, publish_at=past)
    Article.objects.create(slug="soon", title_en="S", place=leeds, publish_at=later)
    Article.objects.create(slug="elsewhere", title_en="E", publish_at=past)
    articles = client.get("/en/cities/leeds/").context["articles"]
    assert [article.slug for article in articles] == ["out"]


def test_an_event_leads_to_the_published_article_that_reports_it(client, newcastle):
    event = newcastle.twinnings.get().events.get()
    article = Article.objects.create(
        slug="reported", title_en="A", status_event=event, publish_at=timezone.now()
    )
    link = 'href="/en/news/reported/"'
    for place in ("newcastle-upon-tyne", "taiyuan"):
        assert link in client.get(f"/en/cities/{place}/").content.decode()
    Article.objects.filter(pk=article.pk).update(publish_at=None)
    page = client.get("/en/cities/newcastle-upon-tyne/").content.decode()
    assert "reported/" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_eleven_times(
    client, leeds_petition, django_assert_num_queries, rows
):
    leeds = leeds_petition.place
    rules = PetitionRules.objects.create(council=leeds.council)
    for number in range(rows):
        twin(leeds, make_place(f"twin-{number}", "CN"), ("active", "2024", "list"))
        Threshold.objects.create(rules=rules, signatures=number + 1, triggers_en="x")
        RecordCorrection.objects.create(place=leeds, day="2026-11-01", what_en="x")
        Article.objects.create(
            slug=f"a{number}", title_en="A", place=leeds, publish_at=timezone.now()
        )
    with django_assert_num_queries(11):
        client.get("/en/cities/leeds/")


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_an_unknown_place_is_not_found_in_the_readers_language(client, db, language):
    response = client.get(f"/{language}/cities/atlantis/")
    assert response.status_code == 404
    assert response["Content-Language"] == language
