"""A joint action day: its places, what became of their agreements, its events."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from icalendar import Calendar

from campaign.models import JointAction
from news.models import Article
from tests.campaign.conftest import make_event
from tests.conftest import make_place, twin

LANGUAGES = ["en", "zh-hant", "zh-hans"]
PATH = "campaign/days/2022-10-01/"


@pytest.fixture
def day(leeds, newcastle):
    action = JointAction.objects.create(day=datetime.date(2022, 10, 1))
    action.places.set([leeds, newcastle, make_place("exeter")])
    return action


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_its_places_and_how_their_agreements_stand(client, day, language):
    response = client.get(f"/{language}/{PATH}")
    rows = [
        (place.slug, [(tie.status, tie.chinese_place.slug) for tie, _ in ties])
        for place, ties in response.context["rows"]
    ]
    assert rows == [
        ("exeter", []),
        ("leeds", [("active", "hangzhou")]),
        ("newcastle-upon-tyne", [("ended", "taiyuan")]),
    ]
    page = response.content.decode()
    assert '<time datetime="2022-11-02">' in page
    assert "3" in page.split('<p class="lead">')[1].split("</p>")[0]
    assert not response.cookies


def test_the_two_days_of_the_record(client, db):
    call_command("load_record", verbosity=0)
    call_command("load_joint_actions", verbosity=0)
    call_command("load_articles", verbosity=0)
    found = {}
    for path in ("2022-10-01", "2022-11-12"):
        context = client.get(f"/en/campaign/days/{path}/").context
        articles = [article.slug for article in context["articles"]]
        found[path] = (len(context["rows"]), articles)
    assert found == {
        "2022-10-01": (14, ["uk-day-of-action-october-2022"]),
        "2022-11-12": (9, ["second-uk-day-of-action"]),
    }


def test_the_list_the_history_and_the_sitemap_lead_to_it(client, day):
    for path in ("/en/events/", "/en/campaign/history/", "/sitemap.xml"):
        assert f"/en/{PATH}" in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    ["2022-10-02", "20221001", "2022-W39-6", "today", "2022-13-01", "0000-00-00"],
)
def test_any_other_day_is_not_found(client, day, path):
    assert client.get(f"/en/campaign/days/{path}/").status_code == 404
    assert client.get(f"/en/campaign/days/{path}/events.ics").status_code == 404


def test_it_gathers_the_events_of_many_cities_by_their_own_clocks(client, day, leeds):
    toronto = make_place("toronto", "CA")
    noon = datetime.datetime(2022, 10, 1, 11, tzinfo=datetime.UTC)
    later = noon + datetime.timedelta(hours=6)
    make_event(
        "far",
        place=toronto,
        starts_at=later,
        time_zone="America/Toronto",
        joint_action=day,
    )
    make_event("near", place=leeds, starts_at=noon, joint_action=day)
    make_event("draft", starts_at=noon, joint_action=day, is_public=False)
    make_event("other", place=leeds)
    response = client.get(f"/en/{PATH}")
    assert [event.slug for event in response.context["events"]] == ["near", "far"]
    page = response.content.decode()
    assert "1 October 2022, 12:00</time>" in page
    assert "1 October 2022, 13:00</time>" in page
    content = client.get(f"/en/{PATH}events.ics").content
    calendar = Calendar.from_ical(content)
    assert calendar["X-WR-CALNAME"] == "Joint action day of 1 October 2022"
    assert [e["SUMMARY"] for e in calendar.walk("VEVENT")] == [
        "Stall near",
        "Stall far",
    ]
    event_page = client.get("/en/events/near/").content.decode()
    assert f'href="/en/{PATH}"' in event_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_to_come_asks_for_events(client, db, language):
    JointAction.objects.create(day=datetime.date(2999, 10, 1))
    page = client.get(f"/{language}/campaign/days/2999-10-01/").content.decode()
    assert (
        f'href="/{language}/campaign/start/"'
        in page.split("<main")[1].split("</main")[0]
    )


def test_only_articles_of_that_day_that_are_out_stand_there(client, day):
    at = datetime.datetime(2022, 10, 1, 6, tzinfo=datetime.UTC)
    Article.objects.create(slug="told", title_en="Told", publish_at=at)
    Article.objects.create(slug="draft", title_en="Draft")
    later = at + datetime.timedelta(days=1)
    Article.objects.create(slug="next", title_en="Next", publish_at=later)
    articles = client.get(f"/en/{PATH}").context["articles"]
    assert [article.slug for article in articles] == ["told"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow(client, db, django_assert_num_queries, rows):
    action = JointAction.objects.create(day=datetime.date(2022, 10, 1))
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, make_place(f"city-{number}", "CN"), ("ended", "2022", "press"))
        action.places.add(place)
        make_event(f"event-{number}", place=place, joint_action=action)
    with django_assert_num_queries(6):
        client.get(f"/en/{PATH}")
