from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from safety.links import (
    CODE_ALPHABET,
    BadToken,
    code_digest,
    fold_code,
    make_code,
    make_token,
    read_token,
)

ROW = UUID("6f1c2f0e-8a39-4d5a-9c1e-2b7f3d4e5f60")
NONCE = bytes(range(16))


def test_a_token_names_its_row_and_nonce():
    token = read_token(make_token(ROW, memoryview(NONCE)))
    assert (token.uuid, token.nonce) == (ROW, NONCE)


def test_a_token_knows_its_age(clock):
    clock(days=365)
    token = make_token(ROW, NONCE)
    clock(hours=71)
    assert timedelta(hours=71) <= read_token(token).age < timedelta(hours=71, seconds=5)
    clock(hours=2)
    assert read_token(token).age > timedelta(hours=72)


def test_a_token_needs_no_escaping_in_an_address():
    token = make_token(ROW, bytes([255]) * 16)
    assert set(token) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    )


def test_every_changed_character_is_noticed():
    token = make_token(ROW, NONCE)
    for position, char in enumerate(token):
        altered = (
            token[:position] + ("A" if char != "A" else "B") + token[position + 1 :]
        )
        with pytest.raises(BadToken):
            read_token(altered)


@given(st.text())
def test_foreign_text_is_a_bad_token(text):
    with pytest.raises(BadToken):
        read_token(text)


def test_a_token_of_another_key_is_refused(settings):
    token = make_token(ROW, NONCE)
    settings.LINK_KEY = "another key, as long and as random as the first one was"
    with pytest.raises(BadToken):
        read_token(token)


def test_an_old_session_key_does_not_open_links(settings):
    token = make_token(ROW, NONCE)
    settings.SECRET_KEY_FALLBACKS = [settings.LINK_KEY]
    settings.LINK_KEY = "another key, as long and as random as the first one was"
    with pytest.raises(BadToken):
        read_token(token)


def test_what_was_signed_elsewhere_under_the_same_key_is_refused(settings):
    packed = make_token(ROW, NONCE).partition(".")[0]
    signer = signing.TimestampSigner(key=settings.LINK_KEY, sep=".", salt="elsewhere")
    with pytest.raises(BadToken):
        read_token(signer.sign(packed))


def test_codes_are_shown_in_two_groups_without_lookalikes():
    code = make_code()
    assert [len(group) for group in code.split("-")] == [4, 4]
    assert set(code) <= {*CODE_ALPHABET, "-"}
    assert not set("ILOU") & set(CODE_ALPHABET)


def test_codes_differ():
    assert len({make_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    ["0A1B-2C3V", "0a1b2c3v", " oaib - 2c3u ", "ＯＡｌＢ－２Ｃ３Ｖ", "0A1B–2C3V"],
)
def test_codes_are_read_as_people_type_them(typed):
    assert fold_code(typed) == "0A1B2C3V"
    assert code_digest(1, typed) == code_digest(1, "0A1B-2C3V")


def test_a_code_counts_for_one_petition_under_one_key(settings):
    digest = code_digest(1, "0A1B-2C3V")
    assert len(digest) == 32
    assert code_digest(2, "0A1B-2C3V") != digest
    settings.CODE_KEY = "another key, as long and as random as the first one was"
    assert code_digest(1, "0A1B-2C3V") != digest


@given(st.text())
def test_any_typed_code_is_read_without_a_crash(typed):
    assert len(code_digest(1, typed)) == 32
