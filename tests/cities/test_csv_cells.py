"""Cells that a spreadsheet would run, made safe and brought back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.csv_cells import FORMULA, as_csv, guarded, unguarded

TRICKY = st.text(alphabet=[*FORMULA, "'", '"', ",", "a", "議", " "])


@given(st.text() | TRICKY)
def test_the_text_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(TRICKY)
def test_no_text_begins_like_a_formula(text):
    assert not guarded(text).startswith(FORMULA)


@given(st.lists(TRICKY, min_size=2, max_size=2))
def test_it_comes_back_through_a_file(texts):
    written = as_csv(["a", "b"], [dict(zip("ab", texts, strict=True))])
    _, row = csv.reader(io.StringIO(written, newline=""))
    assert [unguarded(cell) for cell in row] == texts


@pytest.mark.parametrize(
    ("value", "written"),
    [(-1.54, "-1.54"), ("-1.54", "'-1.54"), (True, "true"), (None, ""), ("'s", "'s")],
)
def test_numbers_stay_and_texts_are_kept(value, written):
    assert as_csv(["a"], [{"a": value}]).splitlines()[1:] in (
        [written],
        [f'"{written}"'],
    )
