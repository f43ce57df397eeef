"""Short addresses on paper: whom they lead where, what they count, how they are drawn."""

from __future__ import annotations

import datetime
import re

import pytest

from petitions.models import PaperSheet, Petition
from petitions.short_links import qr_svg, short_address


@pytest.fixture
def stall(leeds_petition):
    """A sheet printed for a stall."""
    return PaperSheet.objects.create(
        petition=leeds_petition,
        code="7KQ2MX",
        occasion="Briggate",
        printed_on=datetime.date(2026, 11, 1),
    )


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("zh-HK", "zh-hant"), ("yue", "zh-hant"), ("zh-CN", "zh-hans")],
)
def test_a_scan_leads_to_the_petition_in_the_readers_language(
    client, leeds_petition, accepted, language
):
    response = client.get("/q/leeds", headers={"accept-language": accepted})
    expected = f"/{language}/petitions/leeds/?from=qr"
    assert (response.status_code, response["Location"]) == (302, expected)
    assert response["Vary"] == "Accept-Language"
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


@pytest.mark.parametrize("path", ["/q/7KQ2MX", "/q/7kq2mx", "/q/LEEDS"])
def test_a_code_may_be_typed_in_any_case(client, stall, path):
    assert client.get(path)["Location"] == "/en/petitions/leeds/?from=qr"


@pytest.mark.parametrize("path", ["/q/nowhere", "/q/7KQ2MY", "/q/nowhere.svg"])
def test_an_unknown_code_leads_nowhere(client, stall, path):
    assert client.get(path).status_code == 404
    assert PaperSheet.objects.count() == 1


def test_a_draft_cannot_be_reached_by_any_code(client, stall):
    Petition.objects.update(state="draft")
    paths = ["/q/leeds", "/q/7KQ2MX", "/q/leeds.svg"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_stalls_scans_are_counted_and_nothing_else_is(client, stall):
    client.get("/q/7KQ2MX")
    response = client.get("/q/7KQ2MX")
    client.head("/q/7KQ2MX")
    client.get("/q/leeds")
    client.get("/q/7KQ2MX.svg")
    stall.refresh_from_db()
    assert stall.scans == 2
    assert response["Cache-Control"] == "no-store"


def test_the_page_behind_a_scan_is_kept_like_any_other(
    client, leeds_petition, settings, django_assert_num_queries
):
    settings.PAGE_TEXT_SECONDS = 60
    client.get("/en/petitions/leeds/?from=qr")
    with django_assert_num_queries(1):
        client.get("/en/petitions/leeds/?from=qr")


def test_a_code_is_drawn_black_on_white_with_its_quiet_zone(client, leeds_petition):
    response = client.get("/q/leeds.svg")
    drawing = response.content.decode()
    assert response["Content-Type"] == "image/svg+xml"
    assert 'shape-rendering="crispEdges"' in drawing
    assert re.findall(r'(?:fill|stroke)="([^"]+)"', drawing) == ["#fff", "#000"]
    # Version 2 has 25 modules; four of white stand on either side.
    assert 'viewBox="0 0 33 33"' in drawing
    assert "M4 4.5h7" in drawing
    assert "style=" not in drawing


def test_a_drawing_depends_on_its_address(client, stall):
    assert short_address("leeds") == "http://testserver/q/leeds"
    assert client.get("/q/leeds.svg").content == qr_svg("http://testserver/q/leeds")
    assert client.get("/q/7KQ2MX.svg").content == qr_svg("http://testserver/q/7KQ2MX")


@pytest.mark.parametrize("path", ["/q/LEEDS.svg", "/q/7kq2mx.svg"])
def test_a_code_is_drawn_in_one_spelling_only(client, stall, path):
    assert client.get(path).status_code == 404


def test_other_methods_are_refused(client, leeds_petition):
    assert client.post("/q/leeds").status_code == 405
