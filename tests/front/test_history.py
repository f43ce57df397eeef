"""The history is put together from the record, articles, days and petitions."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from campaign.models import JointAction
from cities.models import StatusEvent
from news.models import Article
from petitions.models import CouncilReply, HandIn
from tests.conftest import make_place, twin

LANGUAGES = ["en", "zh-hant", "zh-hans"]


def moments(client, language="en"):
    """Return what the page shows: year, kind, label of the first row, article."""
    years = client.get(f"/{language}/campaign/history/").context["years"]
    return [
        (year, moment.kind, moment.article and moment.article.slug)
        for year, own in years
        for moment in own
    ]


def make_article(slug, day, place=None, **values):
    at = datetime.datetime.fromisoformat(f"{day}T06:00:00+00:00")
    return Article.objects.create(
        slug=slug, title_en=slug, place=place, publish_at=at, **values
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_nothing_on_record_it_says_so(client, db, language):
    response = client.get(f"/{language}/campaign/history/")
    assert response.context["years"] == []
    assert '<p class="note">' in response.content.decode()
    assert not response.cookies


def test_everything_stands_in_its_year_the_oldest_first(client, newcastle):
    newcastle.twinnings.get().events.create(
        status="under_review",
        happened_on="2021",
        source_title="A",
        source_url="https://example.org/r",
    )
    JointAction.objects.create(day="2022-10-01")
    JointAction.objects.create(day="2022-11-12")
    make_article("launch", "2022-07-01")
    assert moments(client) == [
        (2021, "decision", None),
        (2022, "article", "launch"),
        (2022, "action", None),
        (2022, "decision", None),
        (2022, "action", None),
    ]


def test_an_article_stands_with_what_it_tells_of_and_only_there(client, newcastle):
    make_article("vote", "2022-11-02", newcastle)
    JointAction.objects.create(day="2022-10-01")
    make_article("day", "2022-10-01")
    assert moments(client) == [
        (2022, "action", "day"),
        (2022, "decision", "vote"),
    ]
    page = client.get("/en/campaign/history/").content.decode()
    assert page.count('href="/en/news/vote/"') == 1


def test_what_one_council_did_at_one_time_is_one_entry(client, newcastle):
    xian = make_place("xian", "CN")
    twin(newcastle, xian, ("active", "2022-11-02", "press"))
    context = client.get("/en/campaign/history/").context
    ((_year, (moment,)),) = context["years"]
    assert sorted(e.status for e in moment.rows) == ["active", "ended"]
    assert (context["decisions"], context["places"]) == (2, 1)


def test_a_bare_list_decides_nothing_and_drafts_are_not_shown(client, leeds):
    StatusEvent.objects.update(record_key="leeds/hangzhou/listed")
    hour = timezone.now() + datetime.timedelta(hours=1)
    Article.objects.create(slug="soon", title_en="Soon", publish_at=hour)
    Article.objects.create(slug="draft", title_en="Draft")
    JointAction.objects.create(day="2999-01-01")
    assert moments(client) == []


def test_a_decision_without_a_date_is_not_given_one(client, newcastle):
    StatusEvent.objects.update(happened_on="")
    make_article("vote", "2022-11-02", newcastle)
    context = client.get("/en/campaign/history/").context
    assert [m.kind for m in context["undated"]] == ["decision"]
    assert [m.article for m in context["undated"]] == [None]
    assert moments(client) == [(2022, "article", "vote")]


def test_an_article_finds_a_decision_of_which_only_the_year_is_known(client, newcastle):
    StatusEvent.objects.update(happened_on="2020")
    make_article("vote", "2020-09-30", newcastle)
    make_article("next", "2021-01-01", newcastle)
    assert moments(client) == [
        (2020, "decision", "vote"),
        (2021, "article", "next"),
    ]


def test_a_year_alone_is_shown_as_a_year(client, newcastle):
    StatusEvent.objects.update(happened_on="2020", date_inferred=True)
    page = client.get("/en/campaign/history/").content.decode()
    assert '<time datetime="2020">2020</time>' in page
    assert "(date inferred)" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_hand_ins_and_answers_are_part_of_it(client, leeds_petition, language):
    hand_in = HandIn.objects.create(
        petition=leeds_petition, day="2026-11-20", way="post"
    )
    CouncilReply.objects.create(
        hand_in=hand_in,
        day="2026-11-25",
        outcome="won",
        source="https://example.org/minutes",
    )
    StatusEvent.objects.all().delete()
    assert [kind for _, kind, _ in moments(client, language)] == ["hand_in", "reply"]
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert moments(client, "zh-hans" if language == "en" else "en") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow(client, newcastle, django_assert_num_queries, rows):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, make_place(f"city-{number}", "CN"), ("ended", "2020", "press"))
        action = JointAction.objects.create(day=f"2022-10-0{number + 1}")
        action.places.set([place, newcastle])
        make_article(f"article-{number}", f"2021-10-0{number + 1}", place)
    with django_assert_num_queries(5):
        client.get("/en/campaign/history/")


def test_the_real_history_has_every_documented_event_once(client, db):
    for command in ("load_record", "load_joint_actions", "load_articles"):
        call_command(command, verbosity=0)
    context = client.get("/en/campaign/history/").context
    assert (context["decisions"], context["places"]) == (39, 27)
    shown = [m for _, own in context["years"] for m in own] + context["undated"]
    articles = [m.article.slug for m in shown if m.article]
    assert len(articles) == len(set(articles)) == Article.objects.count()
    alone = {m.article.slug for m in shown if m.kind == "article" and m.article.place}
    assert alone == set()
    assert [m.rows[0].twinning.place.slug for m in context["undated"]] == [
        "frederikssund"
    ]
