from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety.words import WORDS, from_words, to_words

SEED = bytes(range(32))
FIRST_RELEASE = (
    "baban biban labun biban gobis bakon dabas dadin "
    "bikan kabis gakon buras badan lidan gilin lagos "
    "boran mubun barin dolas modun biron kubis vukon"
)


def test_the_list_has_2048_different_words_of_five_letters():
    assert len(set(WORDS)) == 2_048
    assert {len(word) for word in WORDS} == {5}


def test_words_printed_by_the_first_release_still_mean_the_same_key():
    assert from_words(FIRST_RELEASE) == SEED
    assert " ".join(to_words(SEED)) == FIRST_RELEASE


@given(st.binary(min_size=32, max_size=32))
def test_any_seed_comes_back_from_its_24_words(seed):
    words = to_words(seed)
    assert len(words) == 24
    assert from_words(" ".join(words)) == seed


def test_typing_may_keep_numbers_capitals_and_line_breaks():
    words = to_words(SEED)
    text = "\n".join(f"{n:2}. {word.upper()}" for n, word in enumerate(words, start=1))
    assert from_words(text) == SEED


def test_an_unknown_word_is_named_by_its_place():
    words = to_words(SEED)
    words[6] = "hello"
    with pytest.raises(ValueError, match="Word 7"):
        from_words(" ".join(words))


def test_two_words_in_the_wrong_order_are_noticed():
    words = to_words(SEED)
    words[0], words[1] = words[1], words[0]
    with pytest.raises(ValueError, match="fit together"):
        from_words(" ".join(words))


def test_a_missing_word_is_noticed():
    with pytest.raises(ValueError, match="23 words"):
        from_words(" ".join(to_words(SEED)[:23]))
