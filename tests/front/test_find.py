"""Names while somebody types: what is answered, how little, and to whom."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from safety.switches import switches_on
from tests.conftest import make_place, twin


def found(client, query, language="en"):
    """Return the rows that are answered to a query."""
    return client.get(f"/{language}/cities/find.json", {"q": query}).json()["places"]


@pytest.mark.parametrize("query", ["紐卡", "Newc", "纽卡斯尔", "ＮＥＷＣ", "紐"])
def test_a_place_is_found_in_any_script_and_named_in_the_readers(
    client, newcastle, query
):
    expected = {
        "name": "紐卡素",
        "country": "英國",
        "status": "已終止",
        "url": "/zh-hant/cities/newcastle-upon-tyne/",
    }
    assert found(client, query, "zh-hant") == [expected]


def test_a_tie_that_only_a_list_knows_is_presumed_to_stand(client, leeds):
    assert found(client, "leeds")[0]["status"] == "presumed to stand"


@pytest.mark.parametrize("query", ["", "l", "  l ", "é", "-", "\0", "!"])
def test_what_could_mean_almost_any_place_finds_none(client, leeds, query):
    response = client.get("/en/cities/find.json", {"q": query})
    assert response.json() == {"said": "", "places": []}


def test_names_that_begin_with_it_come_first_and_china_last(client, db):
    for slug, country in (("xyford", "CN"), ("new-ford", "GB"), ("ford", "GB")):
        make_place(slug, country)
    make_place("fordham", "CN")
    names = [row["name"] for row in found(client, "ford")]
    assert names == ["Ford", "Fordham", "New Ford", "Xyford"]


@pytest.mark.parametrize("query", ["Xi'an", "xian", "ＸＩＡＮ", "西安"])
def test_a_place_of_exactly_that_name_comes_before_longer_ones(client, db, query):
    make_place("shangri-la", "CN", hant="Xianggelila")
    make_place("xian", "CN", en="Xi'an", hant="西安")
    assert found(client, query)[0]["name"] == "Xi'an"


def test_eight_are_shown_and_all_are_counted(client, db):
    for number in range(9):
        make_place(f"town-{number}")
    answer = client.get("/en/cities/find.json?q=town").json()
    assert [row["name"] for row in answer["places"]] == [
        f"Town {number}" for number in range(8)
    ]
    assert answer["said"] == "9 places found."


def test_no_hit_offers_the_nearest_names_and_a_way_to_tell_us(client, leeds):
    answer = client.get("/en/cities/find.json?q=Leads").json()
    assert [(row["name"], row["url"]) for row in answer["places"]] == [
        ("Leeds", "/en/cities/leeds/"),
        ("Our city is missing", "/en/cities/missing/?q=Leads"),
    ]
    assert answer["said"] == "No place of that name. Nearest names:"


@pytest.mark.parametrize("rows", [1, 3])
def test_an_answer_costs_three_queries(
    client, hangzhou, django_assert_num_queries, rows
):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, hangzhou, ("active", "2024", "list"))
    switches_on()
    with django_assert_num_queries(3):
        found(client, "place")


def test_a_browser_may_keep_an_answer_and_we_keep_none(client, leeds, settings):
    settings.PAGE_CACHE_SECONDS = 60
    response = client.get("/en/cities/find.json?q=leeds")
    assert response["Cache-Control"] == "public, max-age=600"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    leeds.twinnings.all().delete()
    assert found(client, "leeds")[0]["status"] == "no twinning on record"


def test_a_network_that_asks_without_end_is_told_to_wait(client, leeds, settings):
    settings.THROTTLE_SCALE = 2 / 1_200
    answers = [client.get("/en/cities/find.json?q=leeds") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Cache-Control"] == "no-store"
    assert answers[2].json()["places"] == []
    cache.clear()
    assert client.get("/en/cities/find.json?q=leeds").status_code == 200


def test_other_methods_are_refused(client, db):
    assert client.post("/en/cities/find.json").status_code == 405
