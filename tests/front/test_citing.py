"""“Cite this” in three languages, with an address that keeps its day."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from cities.models import Twinning
from front.citing import cite_figures, cite_place, cite_tie
from front.counts import Counts
from tests.conftest import make_place, twin

DAY = datetime.date(2026, 11, 23)


def texts(found):
    return {quote.tag: (quote.text, quote.url) for quote in found}


def test_a_place_is_cited_in_each_language_with_its_day(leeds):
    assert texts(cite_place(leeds, DAY)) == {
        "en-GB": (
            "Detwin, record of Leeds, as of 23 November 2026.",
            "http://testserver/en/cities/leeds/?as-of=2026-11-23",
        ),
        "zh-Hant-HK": (
            "Detwin，列斯紀錄，截至2026年11月23日。",
            "http://testserver/zh-hant/cities/leeds/?as-of=2026-11-23",
        ),
        "zh-Hans": (
            "Detwin，利兹记录，截至2026年11月23日。",
            "http://testserver/zh-hans/cities/leeds/?as-of=2026-11-23",
        ),
    }


def test_a_tie_is_cited_with_its_status_and_place_on_the_page(client, leeds):
    tie = leeds.twinnings.get()
    text, url = texts(cite_tie(tie, leeds, DAY))["en-GB"]
    assert text == (
        "Leeds and Hangzhou (agreement, kind not known): presumed to stand. Detwin, as "
        "of 23 November 2026."
    )
    anchor = url.partition("#")[2]
    assert url.startswith("http://testserver/en/cities/leeds/?as-of=2026-11-23#")
    assert f'id="{anchor}"' in client.get("/en/cities/leeds/").content.decode()


def test_what_is_open_is_cited_as_open(db):
    pair = make_place("wakefield"), make_place("nanning", "CN")
    twin(*pair, ("ended", "2020", "press"), established_on="2019", kind="friendship")
    (tie,) = Twinning.objects.as_of(datetime.date(2020, 7, 1))
    text, _ = texts(cite_tie(tie, pair[0], datetime.date(2020, 7, 1)))["en-GB"]
    assert text == (
        "Wakefield and Nanning (friendship agreement): not known (ended sometime in "
        "2020). Detwin, as of 1 July 2020."
    )


@pytest.mark.parametrize(
    ("day", "is_inferred", "said"),
    [
        ("2022-11-02", False, "ended (2 November 2022)"),
        ("2022", False, "ended (2022)"),
        ("2022-11", True, "ended (November 2022, date inferred)"),
        ("", False, "ended (date not known)"),
    ],
)
def test_a_decision_is_cited_with_its_date_as_exactly_as_known(
    newcastle, day, is_inferred, said
):
    tie = newcastle.twinnings.get()
    tie.events.update(happened_on=day, date_inferred=is_inferred)
    text, _ = texts(cite_tie(tie, newcastle, DAY))["en-GB"]
    assert f": {said}. Detwin" in text


def test_figures_are_cited_as_sentences(db):
    found = texts(cite_figures(Counts(presumed=2), DAY, "GB"))
    text, url = found["en-GB"]
    assert text.endswith("None is known to have ended. Source: Detwin.")
    assert url == "http://testserver/en/cities/countries/gb/?as-of=2026-11-23"


def test_the_readers_language_comes_first(leeds):
    with override("zh-hans"):
        tags = [quote.tag for quote in cite_place(leeds, DAY)]
    assert tags == ["zh-Hans", "en-GB", "zh-Hant-HK"]


def test_the_address_answers_with_the_same_status(client, leeds):
    response = client.get("/en/cities/leeds/")
    (tie,) = response.context["ties"]
    url = tie.citation[0].url.removeprefix("http://testserver")
    assert f"?as-of={timezone.now().date()}" in url
    (again,) = client.get(url).context["ties"]
    assert (again.status, again.confirmed) == (tie.status, tie.confirmed)
