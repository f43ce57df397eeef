"""The record as open data."""

from __future__ import annotations

import pytest

from tests.conftest import make_place, twin


def twinning(client):
    return client.get("/data/twinnings.json").json()["twinnings"][0]


@pytest.mark.parametrize("name", ["places", "twinnings", "petitions"])
def test_any_site_may_read_the_data_and_ask_whether_it_changed(client, leeds, name):
    response = client.get(f"/data/{name}.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Content-Type"] == "application/json"
    etag = response["ETag"]
    again = client.get(f"/data/{name}.json", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert set(response.json()) == {"licence", "attribution", "as_of", name}


def test_a_place_has_its_names_as_they_are_written(client, leeds):
    response = client.get("/data/places.json")
    assert "列斯" in response.content.decode()
    row = next(row for row in response.json()["places"] if row["slug"] == "leeds")
    assert row == {
        "slug": "leeds",
        "name_en": "Leeds",
        "name_zh_hant": "列斯",
        "name_zh_hans": "利兹",
        "country": "GB",
        "region_en": "",
        "council_en": "Leeds City Council",
        "council_zh_hant": "列斯市議會",
        "council_zh_hans": "利兹市议会",
        "wikidata_id": "",
        "latitude": 53.8,
        "longitude": -1.54,
    }


def test_a_tie_has_both_places_its_status_and_source(client, newcastle):
    row = twinning(client)
    assert row["place"] == "newcastle-upon-tyne"
    assert row["chinese_place"] == "taiyuan"
    assert (row["status"], row["confirmed"]) == ("ended", True)
    assert (row["established_on"], row["since"]) == ("1985", "2022-11-02")
    assert row["source_url"] == "https://example.org/1"


def test_a_tie_that_only_a_list_has_stands_since_it_was_established(client, leeds):
    row = twinning(client)
    assert (row["status"], row["confirmed"]) == ("active", False)
    assert row["since"] == "1988"


def test_a_tie_that_was_resumed_stands_since_then(client, db):
    wagga, kunming = make_place("wagga-wagga", "AU"), make_place("kunming", "CN")
    events = [("ended", "2020-04-14", "council"), ("active", "2020-04-28", "council")]
    twin(wagga, kunming, *events, established_on="1988")
    assert twinning(client)["since"] == "2020-04-28"


def test_a_tie_without_any_event_is_not_known(client, db):
    twin(make_place("kiel", "DE"), make_place("qingdao", "CN"))
    row = twinning(client)
    assert (row["status"], row["confirmed"], row["since"]) == ("unknown", False, "")
    assert row["source_url"] == ""


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("places", 1), ("twinnings", 2)])
def test_the_number_of_queries_is_the_same_for_any_number_of_rows(
    client, hangzhou, django_assert_num_queries, rows, name, queries
):
    for number in range(rows):
        place = make_place(f"place-{number}", council=f"Council {number}")
        twin(place, hangzhou, ("active", "2024", "list"))
    with django_assert_num_queries(queries):
        client.get(f"/data/{name}.json")
