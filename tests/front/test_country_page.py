"""The page of one country."""

from __future__ import annotations

import pytest

from tests.conftest import make_petition, make_place, twin


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 of 2 known agreements between places in the United Kingdom and "),
        ("zh-hant", "英國各地與中國各地之間已知有 2 份協議，其中 1 份推定有效。"),
        ("zh-hans", "英国各地与中国各地之间已知有 2 份协议，其中 1 份推定有效。"),
    ],
)
def test_its_sentences_are_counted_from_the_record(
    client, leeds, newcastle, language, words
):
    response = client.get(f"/{language}/cities/countries/gb/")
    assert words in response.context["lead"]
    assert words in response.content.decode()


def test_it_says_what_share_of_its_places_has_a_petition(client, leeds, keys):
    twin(make_place("york"), make_place("nanjing", "CN"), ("active", "2024", "list"))
    make_petition(leeds)
    response = client.get("/en/cities/countries/gb/")
    assert response.context["more"].endswith(
        "A petition is open in 1 of 2 places whose councils can still be asked."
    )


def test_endings_stand_by_year_and_undated_ones_last(client, leeds, newcastle):
    twin(leeds, make_place("wuxi", "CN"), ("ended", "", "press"))
    twin(leeds, make_place("jinan", "CN"), ("lapsed", "2020", "press"))
    rows = client.get("/en/cities/countries/gb/").context["endings_by_year"]
    assert [(row["year"], len(row["ties"])) for row in rows] == [
        (2020, 1),
        (2022, 1),
        (None, 1),
    ]


def test_a_date_that_is_inferred_is_marked_where_endings_stand_by_year(
    client, leeds, newcastle
):
    marked = '<strong class="weak">(date inferred)</strong>'
    assert marked not in client.get("/en/cities/countries/gb/").content.decode()
    newcastle.twinnings.get().events.update(date_inferred=True)
    assert marked in client.get("/en/cities/countries/gb/").content.decode()


def test_a_reversed_ending_is_none(client, db):
    events = [("ended", "2020-04-14", "press"), ("active", "2020-04-22", "press")]
    twin(make_place("wagga-wagga", "AU"), make_place("kunming", "CN"), *events)
    address = "/en/cities/countries/au/"
    assert client.get(address).context["endings_by_year"] == []
    (row,) = client.get(f"{address}?as-of=2020-04-15").context["endings_by_year"]
    assert row["year"] == 2020


@pytest.mark.parametrize("code", ["cn", "GB", "xx", "nz", "gb-", "united-kingdom"])
def test_there_is_no_page_for_china_nor_for_a_country_without_places(
    client, leeds, code
):
    assert client.get(f"/en/cities/countries/{code}/").status_code == 404


def test_home_and_city_lead_to_it(client, leeds):
    link = 'href="/en/cities/countries/gb/"'
    assert link in client.get("/en/").content.decode()
    assert link in client.get("/en/cities/leeds/").content.decode()


def test_no_place_can_take_its_address(db):
    from django.core.exceptions import ValidationError

    place = make_place("leeds")
    for slug in ("countries", "definitions", "missing"):
        place.slug = slug
        with pytest.raises(ValidationError, match="belongs to another page"):
            place.validate_constraints()
