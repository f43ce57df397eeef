"""The pages that describe the open data and define its words."""

from __future__ import annotations

import json
import re

import pytest

from cities.definitions import KINDS, SOURCES, STATUSES
from cities.models.twinning import Status, StatusEvent, Twinning
from front.data_page import data_block
from front.open_data import FILES


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_file_it_names_is_there(client, leeds_petition, language):
    page = client.get(f"/{language}/data/").content.decode()
    links = set(re.findall(r'href="(/data/[^"]+)"', page))
    assert len(links) == 14
    assert "curl -o status-events.csv --etag-save" in page
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_it_is_described_to_search_engines(client, db):
    page = client.get("/en/data/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    described = json.loads(block)
    assert described["@type"] == "Dataset"
    assert "dateModified" not in described
    assert described["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    names = [file["name"] for file in described["distribution"]]
    assert names == [f"{name}.{form}" for name in FILES for form in ("csv", "json")]


@pytest.mark.parametrize("corrected", [None, "2026-11-24"])
def test_it_says_when_the_record_last_changed(
    client, newcastle, corrected, django_assert_num_queries
):
    StatusEvent.objects.update(recorded_on="2026-11-23", checked_on="2026-11-25")
    if corrected:
        newcastle.record_corrections.create(day=corrected, what="a", why="b")
    with django_assert_num_queries(2):
        page = client.get("/en/data/").content.decode()
    day = corrected or "2026-11-23"
    assert f'"dateModified": "{day}"' in page
    assert f"corrected on {day[-2:]} November 2026." in page


def test_nothing_in_a_data_block_can_close_it():
    assert "<" not in data_block({"a": "</script><!--&"})
    assert json.loads(data_block({"a": "</script>"})) == {"a": "</script>"}


def test_the_readme_names_every_column(client, leeds_petition):
    text = client.get("/data/README.md").content.decode()
    for name, columns in FILES.items():
        answer = client.get(f"/data/{name}.csv").content.decode()
        header = answer.partition("\r\n")[0].split(",")
        assert header == [column.name for column in columns]
        assert [name for name in header if f"| {name} |" not in text] == []
    assert "&#x27;" not in text
    assert "&lt;" not in text


@pytest.mark.parametrize("name", ["nothing", "petitions-daily"])
def test_there_is_no_schema_for_other_names(client, name):
    assert client.get(f"/data/schema/{name}.json").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_word_is_defined_once_and_led_to(client, leeds, language):
    page = client.get(f"/{language}/cities/definitions/").content.decode()
    list_page = client.get(f"/{language}/cities/").content.decode()
    for word in STATUSES:
        assert page.count(f'id="{word.anchor}"') == 1
        assert f'/{language}/cities/definitions/#{word.anchor}"' in list_page


def test_every_code_of_the_data_has_a_definition():
    assert {word.code for word in STATUSES} == set(Status)
    assert {word.code for word in KINDS} == set(Twinning.Kind)
    assert {word.code for word in SOURCES} == set(StatusEvent.SourceKind)
