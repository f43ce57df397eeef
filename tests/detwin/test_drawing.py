"""Drawing the pictures that other sites show beside a link."""

from __future__ import annotations

import pytest
from PIL import Image

from detwin import drawing
from detwin.cards import Card
from detwin.drawing import draw_missing


def make_cards(number=1, title="Ask the council"):
    return [
        Card(f"leeds-{index}", "en", "Petition", f"{title} {index}")
        for index in range(number)
    ]


def test_a_picture_has_the_size_that_previews_want_and_weighs_little(pictures):
    (card,) = make_cards(title="Ask the council of Leeds " * 10)
    assert draw_missing([card]) == 1
    with Image.open(card.path) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert card.path.stat().st_size < 300_000


def test_what_is_drawn_is_not_drawn_again(pictures):
    assert [draw_missing(make_cards()) for _ in range(2)] == [1, 0]


def test_a_round_draws_no_more_than_it_may(pictures):
    assert [draw_missing(make_cards(3), most=2) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize("other", ["another title", "another kind", "another site"])
def test_another_text_replaces_the_picture_of_its_page_alone(pictures, settings, other):
    card, neighbour = make_cards(2)
    draw_missing([card, neighbour])
    if other == "another site":
        settings.SITE_URL = "https://elsewhere.example"
    kind = "News" if other == "another kind" else card.kind
    title = "Ask again" if other == "another title" else card.title
    new = Card(card.name, card.code, kind, title)
    kept = {path.name for path in pictures.glob("leeds-1.*")}
    assert draw_missing([new]) == 1
    assert {path.name for path in pictures.iterdir()} == {new.path.name, *kept}


def test_without_a_font_nothing_is_drawn(pictures, settings):
    settings.PICTURE_FONT = "/nowhere.ttf"
    assert draw_missing(make_cards()) == 0


def test_a_directory_that_cannot_be_written_stops_nothing(pictures, caplog):
    pictures.write_text("a file stands in the way")
    assert draw_missing(make_cards()) == 0
    assert "cannot be drawn" in caplog.text


def test_a_kind_too_long_for_its_line_is_left_out(pictures):
    short, long, none = (Card("a", "en", kind, "Title") for kind in ("N", "N" * 99, ""))
    drawn = [drawing.painted(card, "font").tobytes() for card in (short, long, none)]
    assert drawn[1] == drawn[2] != drawn[0]


def test_no_word_stands_alone_on_the_last_line(pictures):
    lines, _ = drawing.fitted("Ask the council of " + "Leeds " * 9, "font", "en")
    lengths = [len(line) for line in lines]
    assert min(lengths) > max(lengths) / 2


def test_chinese_breaks_between_clauses_where_they_fit(pictures):
    clauses = ["台海軍演之後各地，" * 2, "行動再度呼籲各地聯署。" * 2]
    lines, _ = drawing.fitted("".join(clauses), "font", "zh-hant")
    assert len(lines) > 1
    assert {line[-1] for line in lines} == {"，", "。"}


def test_chinese_punctuation_begins_no_line(pictures):
    lines, _ = drawing.fitted("促請議會終止協議。" * 12, "font", "zh-hant")
    assert len(lines) > 2
    assert [line for line in lines if line[0] in drawing.CLOSING] == []


def test_a_long_title_still_ends(pictures):
    lines, size = drawing.fitted("終" * 700, "font", "zh-hant")
    assert (size, "".join(lines)) == (drawing.SIZES[-1], "終" * 700)
