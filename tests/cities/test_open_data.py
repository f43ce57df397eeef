"""The record as open data."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cities.csv_cells import cell
from tests.conftest import make_place, twin


def twinning(client):
    return client.get("/data/twinnings.json").json()["twinnings"][0]


@pytest.mark.parametrize("name", ["places", "twinnings", "status-events", "petitions"])
def test_any_site_may_read_the_data_and_ask_whether_it_changed(client, leeds, name):
    response = client.get(f"/data/{name}.json")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Content-Type"] == "application/json"
    etag = response["ETag"]
    again = client.get(f"/data/{name}.json", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    for answer in (response, again):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Access-Control-Expose-Headers"].startswith("ETag")
    assert response["Link"].startswith("<https://creativecommons.org/licenses/by-sa/")
    assert [source["licence"] for source in response.json()["sources"]] == [
        "CC BY-SA 4.0",
        "facts, in our own words",
        "CC0 1.0",
        "CC BY 4.0",
    ]


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
        "agreements": 1,
        "presumed": 1,
        "confirmed": 0,
        "over": 0,
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
@pytest.mark.parametrize(
    ("name", "queries"), [("places", 3), ("twinnings", 2), ("status-events", 2)]
)
def test_the_number_of_queries_is_the_same_for_any_number_of_rows(
    client, hangzhou, django_assert_num_queries, rows, name, queries
):
    for number in range(rows):
        place = make_place(f"place-{number}", council=f"Council {number}")
        twin(place, hangzhou, ("active", "2024", "list"))
    for address in (f"{name}.json", f"{name}.csv", f"{name}.csv?as-of=2024-06-01"):
        with django_assert_num_queries(queries):
            client.get(f"/data/{address}")


@pytest.fixture
def reversal(db):
    wagga, kunming = make_place("wagga-wagga", "AU"), make_place("kunming", "CN")
    events = [("ended", "2020-04-14", "council"), ("active", "2020-04-22", "council")]
    return twin(wagga, kunming, *events, established_on="1988")


def test_an_earlier_day_is_answered_from_history(client, reversal):
    answer = client.get("/data/twinnings.json?as-of=2020-04-15").json()
    (row,) = answer["twinnings"]
    assert answer["as_of"] == "2020-04-15"
    assert (row["status"], row["since"]) == ("ended", "2020-04-14")
    events = client.get("/data/status-events.json?as-of=2020-04-15").json()
    assert [event["status"] for event in events["status_events"]] == ["ended"]
    places = client.get("/data/places.json?as-of=2020-04-15").json()["places"]
    assert [place["over"] for place in places] == [1, 1]


def test_a_date_too_coarse_for_the_day_is_named(client, db):
    pair = make_place("wakefield"), make_place("nanning", "CN")
    twin(*pair, ("ended", "2020", "press"), established_on="2019")
    (row,) = client.get("/data/twinnings.json?as-of=2020-07-01").json()["twinnings"]
    assert (row["status"], row["confirmed"]) == ("unknown", False)
    assert (row["changed_sometime_in"], row["source_url"]) == ("2020", "")
    assert twinning(client)["changed_sometime_in"] == ""


@pytest.mark.parametrize("name", ["places", "twinnings", "status-events", "petitions"])
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2999-01-01", "This day has not come yet."),
        ("soon", "Write the day as 2020-04-15."),
    ],
)
def test_what_is_no_past_day_is_refused_in_words(client, db, name, form, day, why):
    response = client.get(f"/data/{name}.{form}?as-of={day}")
    assert response.status_code == 400
    assert response.json() == {"error": f"as-of: {why}"}
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-store"


def test_csv_has_what_json_has(client, leeds, newcastle):
    for name, key in (("twinnings", "twinnings"), ("status-events", "status_events")):
        response = client.get(f"/data/{name}.csv")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert not response.content.startswith(b"\xef\xbb\xbf")
        text = response.content.decode()
        assert text.count("\r\n") == text.count("\n")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        expected = client.get(f"/data/{name}.json").json()[key]
        assert rows == [
            {column: cell(value) for column, value in row.items()} for row in expected
        ]


def test_the_page_cache_keeps_no_earlier_day(client, leeds, settings):
    settings.PAGE_CACHE_SECONDS = 10
    for address in ("/data/twinnings.csv", "/en/cities/", "/en/cities/leeds/"):
        day = f"{address}?as-of=2020-04-15"
        first = client.get(day)
        with CaptureQueriesContext(connection) as queries:
            again = client.get(day, headers={"if-none-match": first["ETag"]})
        assert len(queries) > 0
        assert again.status_code == 304
        assert first["Cache-Control"].startswith("public, max-age=10")
