"""Pages of the record as of an earlier day: notice, permalink, clear refusals."""

from __future__ import annotations

import re

import pytest

from tests.conftest import make_petition, make_place, twin


@pytest.fixture
def wakefield(db):
    place = make_place("wakefield", hant="韋克菲爾德", council="Wakefield Council")
    events = [("under_review", "2020", "press"), ("ended", "2020", "press")]
    twin(place, make_place("nanning", "CN"), *events, established_on="2019")
    return place


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/en/cities/?country=GB&status=ended&sort=status&as-of=2020-12-31",
        "/en/cities/wakefield/?as-of=2020-12-31",
        "/en/cities/nanning/?as-of=2020-12-31",
        "/en/cities/countries/gb/?as-of=2020-12-31",
    ],
)
def test_the_day_is_named_with_a_lasting_address(client, wakefield, address):
    page = page_of(client, address)
    assert "The record as of 31 December 2020, as far as we know it today." in page
    shown = "http://testserver" + address.replace("&", "&amp;")
    assert f'<a class="code" href="{shown}">' in page


def test_a_page_of_today_has_no_notice(client, wakefield):
    assert client.get("/en/cities/wakefield/").context["as_of"] is None
    assert "as far as we know it today" not in page_of(client, "/en/cities/")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Sometime in 2020: under review.", "Sometime in 2020: ended."]),
        ("zh-hant", ["2020年內某日：檢討中。", "2020年內某日：已終止。"]),
        ("zh-hans", ["2020年内某日：评估中。", "2020年内某日：已终止。"]),
    ],
)
def test_a_year_is_worded_as_a_year(client, wakefield, language, words):
    page = page_of(client, f"/{language}/cities/wakefield/?as-of=2020-07-01")
    assert [word for word in words if word not in page] == []


def test_a_day_before_everything_on_record_says_so(client, wakefield):
    for address in ("/en/cities/", "/en/cities/wakefield/", "/en/cities/countries/gb/"):
        page = page_of(client, f"{address}?as-of=2018-12-31")
        assert "nothing here is older than 2019." in page
        page = page_of(client, f"{address}?as-of=2019-01-01")
        assert "nothing here is older" not in page


@pytest.mark.parametrize(
    ("path", "title", "reason"),
    [
        (
            "/en/",
            "We cannot show the record for that day",
            "This day has not come yet.",
        ),
        ("/zh-hant/", "無法顯示該日的紀錄", "這一天還未到。"),
        ("/zh-hans/", "无法显示该日的记录", "这一天还未到。"),
    ],
)
def test_a_day_to_come_is_refused_in_the_readers_language(
    client, wakefield, path, title, reason
):
    for rest in ("cities/", "cities/wakefield/", "cities/countries/gb/"):
        page = page_of(client, f"{path}{rest}?as-of=2999-01-01", 400)
        assert title in page
        assert reason in page


@pytest.mark.parametrize("day", ["yesterday", "2020", "2020-02-30", "%00", "x" * 99])
def test_what_is_no_day_is_refused(client, wakefield, day):
    response = client.get(f"/en/cities/?as-of={day}")
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert 'type="date" name="as-of"' in page
    assert '<a href="/en/cities/">The record of today</a>' in page


def test_a_country_of_an_earlier_day_has_the_map_of_that_day(client, wakefield):
    page = page_of(client, "/en/cities/countries/gb/?as-of=2021-01-01")
    address = "/map.svg?country=GB&amp;lang=en&amp;as-of=2021-01-01"
    assert address in page
    assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "key-ended" in page
    assert "key-active" not in page
    page = page_of(client, "/en/cities/countries/gb/?as-of=1990-01-01")
    assert "/map.svg" not in page


def test_petitions_of_today_are_left_out_of_an_earlier_day(client, wakefield, keys):
    make_petition(wakefield)
    today, then = "/en/cities/", "/en/cities/?as-of=2020-12-31"
    assert "/en/petitions/wakefield/" in page_of(client, today)
    assert "/en/petitions/wakefield/" not in page_of(client, then)
    then = "/en/cities/wakefield/?as-of=2020-12-31"
    assert "/en/petitions/wakefield/" not in page_of(client, then)


def test_links_from_an_earlier_day_stay_on_it(client, wakefield):
    page = page_of(client, "/en/cities/?as-of=2020-12-31")
    assert 'href="/en/cities/wakefield/?as-of=2020-12-31"' in page
    assert 'href="/en/cities/countries/gb/?as-of=2020-12-31"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_an_earlier_day_costs_the_same_for_any_number_of_rows(
    client, hangzhou, django_assert_num_queries, rows
):
    for number in range(rows):
        place = make_place(f"place-{number}", council=f"Council {number}")
        twin(place, hangzhou, ("active", "2024", "list"), ("ended", "2025", "press"))
    for address, queries in (
        ("/en/cities/?as-of=2024-06-01", 3),
        ("/en/cities/countries/gb/?as-of=2024-06-01", 3),
        ("/en/cities/countries/gb/", 5),
        ("/en/cities/hangzhou/?as-of=2024-06-01", 6),
    ):
        with django_assert_num_queries(queries):
            client.get(address)


def test_weak_sources_and_inferred_dates_are_marked(client, wakefield):
    tie = wakefield.twinnings.get()
    tie.events.update(date_inferred=True, source_kind="mirror")
    page = page_of(client, "/en/cities/wakefield/")
    assert page.count('<strong class="weak">(date inferred)</strong>') == 2
    weak = '<strong class="weak">weak source: a better one is wanted</strong>'
    assert page.count(weak) == 2


def test_each_status_kind_and_date_leads_to_its_definition(client, wakefield):
    page = page_of(client, "/en/cities/wakefield/")
    links = set(re.findall(r'href="/en/cities/definitions/#(\w+)"', page))
    tie = wakefield.twinnings.get()
    assert {tie.status, tie.kind} <= links
    definitions = page_of(client, "/en/cities/definitions/")
    assert {name for name in links if f'id="{name}"' not in definitions} == set()


def test_when_an_entry_was_made_is_told_where_it_is_another_day(client, wakefield):
    events = wakefield.twinnings.get().events
    events.update(checked_on="2026-11-23", recorded_on="2026-11-23")
    assert "on this record since" not in page_of(client, "/en/cities/wakefield/")
    events.update(recorded_on="2026-11-20")
    page = page_of(client, "/en/cities/wakefield/")
    assert page.count("checked on 23 November 2026") == 2
    assert page.count("on this record since 20 November 2026") == 2


def test_on_paper_a_page_says_its_day_and_address(client, wakefield, settings):
    settings.SITE_URL = "https://example.org"
    page = page_of(client, "/en/cities/wakefield/?as-of=2020-12-31")
    (line,) = re.findall(r'<p class="on-paper meta">(.*?)</p>', page)
    assert line == (
        "Detwin, record of Wakefield, as of 31 December 2020. "
        "https://example.org/en/cities/wakefield/?as-of=2020-12-31"
    )
    for rest in ("cities/", "cities/countries/gb/"):
        assert 'class="on-paper' in page_of(client, f"/en/{rest}")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("list", "presumed to stand"), ("council", "confirmed as standing")],
)
def test_presumed_and_confirmed_are_told_apart_in_word_and_mark(
    client, db, kind, words
):
    place = make_place("leeds")
    twin(place, make_place("hangzhou", "CN"), ("active", "2026-02-08", kind))
    mark = "st st-active presumed" if kind == "list" else "st st-active"
    for address in ("/en/cities/leeds/", "/en/cities/countries/gb/"):
        page = page_of(client, address)
        main = page[page.index("<main") :]
        assert f'<span class="{mark}">{words}</span>' in main
