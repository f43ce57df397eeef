"""Simplified Chinese made from Traditional, and hand edits that stay."""

from __future__ import annotations

import pytest

from detwin.simplified import fill_simplified, simplified
from news.models import Article


@pytest.fixture
def article(db):
    return Article.objects.create(
        slug="a", title_zh_hant="議會投票", title_zh_hans="议会投票"
    )


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("議會終止協議", "议会终止协议"),
        ("姊妹城市", "姐妹城市"),
        ("垃圾電郵", "垃圾邮件"),
        ("范先生", "范先生"),
        ("", ""),
        (None, ""),
    ],
)
def test_characters_and_the_words_of_place_are_converted(traditional, expected):
    assert simplified(traditional) == expected


def test_an_empty_column_is_filled(db):
    article = Article(slug="b", title_zh_hant="議會", body_zh_hant="")
    assert fill_simplified(article) == ["title"]
    assert article.title_zh_hans == "议会"
    assert not article.body_zh_hans


def test_a_conversion_follows_its_original(article):
    article.title_zh_hant = "議會否決"
    fill_simplified(article)
    assert article.title_zh_hans == "议会否决"


def test_a_hand_edit_stays(article):
    article.title_zh_hans = "市议会投票"
    article.save()
    article.title_zh_hant = "議會否決"
    assert fill_simplified(article) == []
    assert article.title_zh_hans == "市议会投票"


def test_a_hand_edit_made_together_with_the_original_stays(article):
    article.title_zh_hant, article.title_zh_hans = "議會否決", "被否决"
    fill_simplified(article)
    assert article.title_zh_hans == "被否决"


def test_english_is_never_touched(article):
    article.title_en = "A vote"
    fill_simplified(article)
    assert article.title_en == "A vote"
