"""Petitions as open data."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.conftest import make_petition, make_place, twin


def rows(client):
    return client.get("/data/petitions.json").json()["petitions"]


def test_a_petition_has_its_numbers_and_titles_in_three_languages(
    client, leeds_petition
):
    leeds_petition.supporters, leeds_petition.council_valid_told = 40, 12
    leeds_petition.paper = 7
    leeds_petition.save()
    (row,) = rows(client)
    assert row["slug"] == "leeds"
    assert row["state"] == "open"
    assert row["place"] == "leeds"
    assert row["country"] == "GB"
    assert (row["supporters"], row["council_valid"], row["paper"]) == (40, 12, 7)
    assert row["title_zh_hant"] == "促請議會終止協議"
    assert row["url"] == "http://testserver/en/petitions/leeds/"


@pytest.mark.parametrize(("valid", "told"), [(0, None), (9, None), (10, 10)])
def test_fewer_than_ten_valid_signatures_are_not_told(
    client, leeds_petition, valid, told
):
    leeds_petition.council_valid_told = valid
    leeds_petition.save()
    assert rows(client)[0]["council_valid"] == told


def test_they_are_of_today_and_say_so_whatever_day_is_asked_for(client, leeds_petition):
    answer = client.get("/data/petitions.json?as-of=2020-04-15").json()
    assert answer["as_of"] == timezone.now().date().isoformat()
    assert [row["slug"] for row in answer["petitions"]] == ["leeds"]
    name = client.get("/data/petitions.csv?as-of=2020-04-15")["Content-Disposition"]
    assert name == 'inline; filename="petitions.csv"'


def test_drafts_are_left_out(client, leeds_petition):
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert rows(client) == []


def test_a_newer_wording_gives_the_title(client, leeds_petition):
    leeds_petition.wordings.create(number=2, title_en="New", ask_en="a", body_en="b")
    assert rows(client)[0]["title_en"] == "New"
    assert rows(client)[0]["title_zh_hant"] == ""


def test_nothing_of_a_signer_is_published(client, sign, leeds_petition):
    sign(email="canary@example.com")
    answer = client.get("/data/petitions.json").content.decode()
    assert "canary" not in answer
    assert set(rows(client)[0]) == {
        "slug",
        "scope",
        "place",
        "country",
        "title_en",
        "title_zh_hant",
        "title_zh_hans",
        "state",
        "opens_on",
        "closes_on",
        "supporters",
        "council_valid",
        "paper",
        "in_person",
        "url",
    }


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_two_queries(
    client, hangzhou, keys, django_assert_num_queries, number
):
    for index in range(number):
        place = make_place(f"place-{index}")
        twin(place, hangzhou, ("active", "2024", "list"))
        make_petition(place)
    with django_assert_num_queries(2):
        client.get("/data/petitions.json")
