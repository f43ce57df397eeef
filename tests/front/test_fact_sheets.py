"""Fact sheets: what stands on them, for which day, with which sources."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.conftest import make_place, twin


def sheet(client, path):
    """Return what is printed, without the frame of the site."""
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    return page.partition('<article class="paper facts-sheet">')[2]


def test_a_citys_sheet_has_status_history_and_sources(client, newcastle):
    paper = sheet(client, "/en/press/facts/newcastle-upon-tyne/")
    assert "Newcastle upon Tyne – Taiyuan" in paper
    assert "2 November 2022 · ended<br>\nWhat happened, 1." in paper
    assert (
        '<a href="https://example.org/1" rel="noopener">Source 1</a> (press)' in paper
    )
    assert "<code>https://example.org/1</code>" in paper
    today = timezone.now().date()
    assert f"As of {today.day} {today:%B %Y}" in paper
    assert f"/en/cities/newcastle-upon-tyne/?as-of={today.isoformat()}" in paper


def test_a_sheet_can_be_had_for_an_earlier_day(client, newcastle):
    paper = sheet(client, "/en/press/facts/newcastle-upon-tyne/?as-of=2022-11-01")
    assert "As of 1 November 2022" in paper
    assert "presumed to stand" in paper
    assert "2 November 2022 · ended" not in paper
    assert (
        client.get("/en/press/facts/newcastle-upon-tyne/?as-of=2999-01-01").status_code
        == 400
    )


def test_a_place_in_china_has_one_too(client, leeds):
    assert "Leeds – Hangzhou" in sheet(client, "/en/press/facts/hangzhou/")


def test_a_citys_sheet_names_its_petition(client, leeds_petition):
    assert "Ask leeds to end its agreement" in sheet(client, "/en/press/facts/leeds/")


def test_a_countrys_sheet_sums_up_and_names_every_place(client, leeds, newcastle):
    paper = sheet(client, "/en/press/facts/countries/gb/")
    assert "1 of 2 known agreements between places in the United Kingdom" in paper
    assert "<td>Leeds</td><td>Hangzhou</td><td>presumed to stand" in paper
    beyond = paper.partition("What was decided or reported")[2].partition("<table")[0]
    assert "Newcastle upon Tyne" in beyond
    assert "Leeds" not in beyond
    assert "<code>https://example.org/1</code>" in beyond


@pytest.mark.parametrize(
    "path",
    ["nowhere/", "countries/cn/", "countries/GB/", "countries/xx/", "countries/se/"],
)
def test_what_has_no_sheet_is_not_found(client, leeds, path):
    assert client.get(f"/en/press/facts/{path}").status_code == 404


def test_the_pages_of_city_and_country_lead_to_their_sheets(client, leeds):
    assert "/en/press/facts/leeds/" in client.get("/en/cities/leeds/").content.decode()
    country = client.get("/en/cities/countries/gb/?as-of=2026-03-01").content.decode()
    assert "/en/press/facts/countries/gb/?as-of=2026-03-01" in country


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("hangzhou/", 4), ("countries/gb/", 4)])
def test_a_sheet_takes_four_queries(
    client, hangzhou, django_assert_num_queries, rows, path, queries
):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, hangzhou, ("active", "2024", "council"), ("ended", "2025", "press"))
    with django_assert_num_queries(queries):
        client.get(f"/en/press/facts/{path}")
