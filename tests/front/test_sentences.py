"""Sentences for the press: right for none, one and many."""

from __future__ import annotations

import datetime

import pytest
from django.utils.translation import override

from cities.countries import CHINA, COUNTRIES
from front.counts import Counts
from front.sentences import WHERE, joined, petitions_open, sentences

DAY = datetime.date(2026, 11, 23)


def said(country="GB", language="en", **numbers):
    with override(language):
        return joined(sentences(Counts(**numbers), DAY, country))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (
            {},
            "As of 23 November 2026, no agreement of a place in the United Kingdom with "
            "China is known.",
        ),
        (
            {"presumed": 1},
            "As of 23 November 2026, the one known agreement between a place in the "
            "United Kingdom and a place in China is presumed to stand. None is known "
            "to have ended.",
        ),
        (
            {"ended": 1},
            "As of 23 November 2026, 1 agreement between a place in the United Kingdom "
            "and a place in China is known. 1 agreement has ended.",
        ),
        (
            {"presumed": 1, "confirmed": 1, "lapsed": 1},
            "As of 23 November 2026, 1 of 3 known agreements between places in the "
            "United Kingdom and places in China is presumed to stand. 1 agreement is "
            "confirmed as standing. None is known to have ended. 1 agreement has lapsed.",
        ),
        (
            {"presumed": 1043, "ended": 6, "suspended": 2, "unknown": 7},
            "As of 23 November 2026, 1,043 of 1,058 known agreements between places in "
            "the United Kingdom and places in China are presumed to stand. 6 agreements "
            "have ended. 2 agreements are under review or suspended. The status of 7 "
            "agreements is not known.",
        ),
    ],
)
def test_they_are_right_for_none_one_and_many(numbers, expected):
    assert said(**numbers) == expected


def test_chinese_has_no_space_between_sentences():
    assert said(language="zh-hant", presumed=43, ended=6) == (
        "截至2026年11月23日，英國各地與中國各地之間已知有 49 份協議，"
        "其中 43 份推定有效。6 份協議已經終止。"
    )


def test_the_world_has_its_own_words():
    assert "between places outside China and" in said(country="", presumed=2)


def test_every_country_can_be_named_in_a_sentence():
    assert set(WHERE) == set(COUNTRIES) - {CHINA}


@pytest.mark.parametrize(
    ("places", "with_petition", "expected"),
    [
        (0, 0, ""),
        (1, 1, "A petition is open in 1 of 1 place whose council can still be asked."),
        (
            5,
            0,
            "A petition is open in 0 of 5 places whose councils can still be asked.",
        ),
    ],
)
def test_the_share_with_a_petition(places, with_petition, expected):
    assert petitions_open(places, with_petition) == expected
