"""The poster and the sheet: what stands on them, in which languages, for whom."""

from __future__ import annotations

import datetime
import re

import pytest

from cities.models import PetitionRules
from petitions.models import PaperSheet
from tests.conftest import make_petition

PAGES = ("poster", "sheet")


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def headings(page):
    """Return the language and text of each heading on the paper itself."""
    paper = page.partition('<article class="paper')[2]
    return re.findall(r'<h[12] lang="([^"]+)">([^<]+)<', paper)


def columns(page):
    """Return the English headings of the columns to fill in."""
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    return re.findall(r'<th scope="col"[^>]*><span lang="en-GB">([^<]+)<', head)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize(
    ("language", "second"),
    [
        ("en", ("zh-Hant-HK", "促請議會終止協議")),
        ("zh-hant", ("zh-Hant-HK", "促請議會終止協議")),
        ("zh-hans", ("zh-Hans", "呼吁议会终止协议")),
    ],
)
def test_paper_is_in_english_and_in_the_readers_chinese(
    client, leeds_petition, kind, language, second
):
    page = page_of(client, f"/{language}/petitions/leeds/{kind}/")
    english = ("en-GB", "Ask leeds to end its agreement")
    assert headings(page) == [english, second]
    assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize("kind", PAGES)
def test_paper_carries_the_short_address_as_text_and_as_a_code(
    client, leeds_petition, kind
):
    page = page_of(client, f"/en/petitions/leeds/{kind}/")
    assert 'src="/q/leeds.svg"' in page
    assert ">testserver/q/leeds</p>" in page


@pytest.mark.parametrize("kind", PAGES)
def test_paper_for_a_stall_carries_its_code(client, leeds_petition, kind):
    PaperSheet.objects.create(
        petition=leeds_petition, code="7KQ2MX", printed_on=datetime.date(2026, 11, 1)
    )
    page = page_of(client, f"/en/petitions/leeds/{kind}/7KQ2MX/")
    assert 'src="/q/7KQ2MX.svg"' in page
    assert "/q/leeds.svg" not in page


@pytest.mark.parametrize("kind", PAGES)
def test_a_code_of_another_petition_prints_nothing(
    client, leeds_petition, newcastle, kind
):
    other = make_petition(newcastle)
    PaperSheet.objects.create(
        petition=other, code="7KQ2MX", printed_on=datetime.date(2026, 11, 1)
    )
    assert client.get(f"/en/petitions/leeds/{kind}/7KQ2MX/").status_code == 404


def test_the_sheet_carries_the_whole_wording_and_what_it_can_be_checked_by(
    client, leeds_petition
):
    page = page_of(client, "/en/petitions/leeds/sheet/")
    digest = leeds_petition.wording.sha256
    assert "<p>Because of the record.</p>" in page
    assert "<p>基於紀錄。</p>" in page
    assert f"1 · SHA-256 {digest[:4]} {digest[4:8]} {digest[8:12]} · leeds" in page


def test_the_sheet_says_who_gets_it_and_when_it_is_destroyed(client, leeds_petition):
    page = page_of(client, "/en/petitions/leeds/sheet/")
    day = leeds_petition.deletes_on
    assert "We give this sheet to Leeds City Council" in page
    assert f"by {day.day} {day:%B %Y} at the latest" in page
    assert "Test Campaign, 1 Test Street, Leeds" in page


def test_without_known_rules_the_sheet_asks_what_most_councils_ask(
    client, leeds_petition
):
    page = page_of(client, "/en/petitions/leeds/sheet/")
    connections = ["lives there", "works there", "studies there"]
    assert columns(page) == [
        *("Name in capitals", "Postcode", *connections, "Signature", "Date")
    ]
    assert "the council has not confirmed its rules to us" in page


def test_the_councils_rules_make_the_columns(client, sheffield_petition):
    PetitionRules.objects.update(allows_works=False)
    page = page_of(client, "/en/petitions/sheffield/sheet/")
    assert columns(page) == [
        *("Name in capitals", "Postal address", "lives there", "studies there"),
        *("Signature", "Date"),
    ]
    assert '<td colspan="7">' in page
    assert len(re.findall(r"<th[ >]", page.partition("<thead>")[2])) == 7 + 8
    assert "as the council's rules say" in page.replace("&#x27;", "'")


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_a_council_that_refuses_petitions_from_outside_gets_no_sheet(
    client, sheffield_petition, answer
):
    PetitionRules.objects.update(takes_outside_petitions=answer)
    response = client.get("/en/petitions/sheffield/sheet/")
    linked = "/en/petitions/sheffield/sheet/" in page_of(
        client, "/en/petitions/sheffield/"
    )
    assert (response.status_code, linked) == (
        (302, False) if answer == "no" else (200, True)
    )


def test_a_petition_without_a_council_has_a_poster_and_no_sheet(client, world_petition):
    page = page_of(client, "/en/petitions/world/poster/")
    assert "You are counted without a name." in page
    assert "who may see your name" not in page
    response = client.get("/en/petitions/world/sheet/")
    assert response["Location"] == "/en/petitions/world/"
    front = page_of(client, "/en/petitions/world/")
    assert "/petitions/world/poster/" in front
    assert "/petitions/world/sheet/" not in front


@pytest.mark.parametrize("kind", PAGES)
def test_what_cannot_be_signed_is_not_printed(client, leeds_petition, kind):
    leeds_petition.close(leeds_petition.opens_on)
    response = client.get(f"/en/petitions/leeds/{kind}/")
    assert response["Location"] == "/en/petitions/leeds/"
    assert f"/leeds/{kind}/" not in page_of(client, "/en/petitions/leeds/")


@pytest.mark.parametrize("kind", PAGES)
def test_the_petition_leads_to_its_paper(client, leeds_petition, kind):
    page = page_of(client, "/zh-hant/petitions/leeds/")
    assert f'href="/zh-hant/petitions/leeds/{kind}/"' in page


@pytest.mark.parametrize("kind", PAGES)
def test_a_draft_has_no_paper(client, leeds_petition, kind):
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert client.get(f"/en/petitions/leeds/{kind}/").status_code == 404


@pytest.mark.parametrize(("kind", "number"), [("poster", 5), ("sheet", 5)])
def test_paper_asks_the_database_a_few_times(
    client, sheffield_petition, django_assert_num_queries, kind, number
):
    with django_assert_num_queries(number):
        client.get(f"/en/petitions/sheffield/{kind}/")


def test_organisers_find_what_to_print_for_a_stall(admin_client, leeds_petition):
    PaperSheet.objects.create(
        petition=leeds_petition,
        code="7KQ2MX",
        printed_on=datetime.date(2026, 11, 1),
        scans=12,
    )
    page = page_of(admin_client, "/desk/petitions/papersheet/")
    assert 'href="/en/petitions/leeds/poster/7KQ2MX/"' in page
    assert 'href="/en/petitions/leeds/sheet/7KQ2MX/"' in page
    assert '<td class="field-scans">12</td>' in page
