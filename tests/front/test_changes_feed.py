"""What came onto the record, as a feed."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest

from cities.models import StatusEvent
from tests.conftest import make_place, twin

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, language="en"):
    response = client.get(f"/{language}/cities/changes.atom")
    tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own.
    return tree.findall(f"{ATOM}entry")


def title(entry):
    return entry.findtext(f"{ATOM}title")


def test_it_has_decisions_with_date_source_and_place_on_the_page(
    client, leeds, newcastle, settings
):
    settings.SITE_URL = "https://example.org"
    (entry,) = entries(client)
    assert title(entry) == ("Newcastle upon Tyne and Taiyuan: ended (2 November 2022)")
    assert entry.findtext(f"{ATOM}summary").endswith("(press).")
    link = entry.find(f"{ATOM}link").get("href")
    page, _, anchor = link.removeprefix("https://example.org").partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hant", "紐卡素與太原：已終止"),
        ("zh-hans", "纽卡斯尔与太原：已终止"),
    ],
)
def test_it_speaks_the_language_of_its_address(client, newcastle, language, said):
    (entry,) = entries(client, language)
    assert title(entry) == f"{said}（2022年11月2日）"


def test_what_was_recorded_last_comes_first_with_inexact_dates_told(client, newcastle):
    pair = make_place("wakefield"), make_place("nanning", "CN")
    tie = twin(*pair, ("under_review", "2020", "press"), ("ended", "", "council"))
    StatusEvent.objects.exclude(twinning=tie).update(
        recorded_on=datetime.date(2022, 11, 3)
    )
    tie.events.filter(status="under_review").update(date_inferred=True)
    assert [title(entry) for entry in entries(client)] == [
        "Wakefield and Nanning: under review (2020, date inferred)",
        "Wakefield and Nanning: ended (date not known)",
        "Newcastle upon Tyne and Taiyuan: ended (2 November 2022)",
    ]


def test_a_later_check_makes_nothing_new(client, newcastle):
    before = client.get("/en/cities/changes.atom").content
    StatusEvent.objects.update(checked_on=datetime.date(2026, 11, 1))
    assert client.get("/en/cities/changes.atom").content == before


def test_text_that_no_feed_may_hold_is_left_out(client, newcastle):
    StatusEvent.objects.update(summary_en="Rung\x07 & <b>out</b>\x00".replace("\0", ""))
    (entry,) = entries(client)
    assert entry.findtext(f"{ATOM}summary").startswith("Rung &amp; &lt;b&gt;")


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_one_query(client, newcastle, django_assert_num_queries, rows):
    for number in range(rows - 1):
        pair = make_place(f"place-{number}"), make_place(f"twin-{number}", "CN")
        twin(*pair, ("ended", "2022", "press"))
    with django_assert_num_queries(1):
        assert len(entries(client)) == rows


def test_the_list_and_the_data_page_lead_to_it(client, leeds):
    for page in ("/zh-hant/cities/", "/zh-hant/data/"):
        assert (
            'href="/zh-hant/cities/changes.atom"' in client.get(page).content.decode()
        )
