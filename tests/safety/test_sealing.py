from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety.key_pairs import PublicKey
from safety.sealing import (
    Damaged,
    NotForThisKey,
    open_sealed,
    public_key_of,
    recipients_of,
    seal,
)

ROOT = Path(__file__).parent.parent.parent
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
HOLDER, ESCROW, STRANGER = (bytes([number]) * 32 for number in (1, 2, 3))
LEEDS = "petition:leeds"
RECORD = {"name": "王小明", "email": "xiaoming@example.org"}
FULL_RECORD = {
    "name": "歐陽" * 30,
    "email": "a" * 242 + "@example.org",
    "postal_address": "香" * 200,
    "postcode": "LS1 1UR",
    "connection": "studies",
    "wording": "12",
    "consent": "2026-11",
}
both_suites = pytest.mark.parametrize("suite", [0, 1])


def keys(suite):
    return [public_key_of(HOLDER, suite), public_key_of(ESCROW, suite)]


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda vector: f"suite{vector['suite']}"
)
def test_records_sealed_by_the_first_release_still_open(vector):
    blob = bytes.fromhex(vector["sealed"])
    for name in ("holder", "escrow"):
        seed = bytes.fromhex(vector["seeds"][name])
        assert open_sealed(blob, seed, vector["context"]) == vector["record"]


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda vector: f"suite{vector['suite']}"
)
def test_seeds_still_give_the_same_public_keys(vector):
    for name, seed in vector["seeds"].items():
        key = public_key_of(bytes.fromhex(seed), vector["suite"])
        assert key.key_id.hex() == vector["key_ids"][name]
        assert key.fingerprint == vector["fingerprints"][name]


@both_suites
def test_every_key_holder_opens_the_record(suite):
    blob = seal(RECORD, keys(suite), LEEDS)
    assert open_sealed(blob, HOLDER, LEEDS) == RECORD
    assert open_sealed(memoryview(blob), ESCROW, LEEDS) == RECORD


@both_suites
def test_nobody_else_opens_the_record(suite):
    blob = seal(RECORD, keys(suite), LEEDS)
    with pytest.raises(NotForThisKey):
        open_sealed(blob, STRANGER, LEEDS)


@both_suites
def test_a_key_holders_identifier_on_a_strangers_wrap_does_not_open(suite):
    holder, stranger = public_key_of(HOLDER, suite), public_key_of(STRANGER, suite)
    blob = seal(RECORD, [holder], LEEDS)
    with pytest.raises(Damaged):
        open_sealed(blob.replace(holder.key_id, stranger.key_id), STRANGER, LEEDS)


@both_suites
def test_a_record_moved_to_another_petition_does_not_open(suite):
    blob = seal(RECORD, keys(suite), LEEDS)
    with pytest.raises(Damaged):
        open_sealed(blob, HOLDER, "petition:york")


@both_suites
def test_every_flipped_byte_is_noticed_by_every_key_holder(suite):
    blob = seal(RECORD, keys(suite), LEEDS)
    for position in range(0, len(blob), 41):
        altered = bytearray(blob)
        altered[position] ^= 1
        for seed in (HOLDER, ESCROW):
            with pytest.raises((Damaged, NotForThisKey)):
                open_sealed(bytes(altered), seed, LEEDS)


@both_suites
def test_a_cut_record_is_damaged(suite):
    blob = seal(RECORD, keys(suite), LEEDS)
    for length in (0, 1, 2, 100, len(blob) - 1):
        with pytest.raises(Damaged):
            recipients_of(blob[:length])


@both_suites
def test_all_records_have_one_length(suite):
    blobs = [seal(record, keys(suite), LEEDS) for record in ({}, RECORD, FULL_RECORD)]
    assert len({len(blob) for blob in blobs}) == 1


def test_a_full_chinese_record_fits():
    blob = seal(FULL_RECORD, keys(1), LEEDS)
    assert open_sealed(blob, HOLDER, LEEDS) == FULL_RECORD


def test_nothing_of_the_record_can_be_read_in_the_blob():
    blob = seal(RECORD, keys(1), LEEDS)
    assert "王小明".encode() not in blob
    assert b"xiaoming" not in blob


def test_a_record_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="2,046"):
        seal({"name": "x" * 2_036}, keys(1), LEEDS)
    assert seal({"name": "x" * 2_035}, keys(1), LEEDS)


def test_a_blob_names_its_key_holders():
    expected = {key.key_id for key in keys(1)}
    assert set(recipients_of(seal(RECORD, keys(1), LEEDS))) == expected


@pytest.mark.parametrize(
    "recipients",
    [
        [],
        [public_key_of(HOLDER), public_key_of(HOLDER)],
        [public_key_of(HOLDER, 0), public_key_of(ESCROW, 1)],
    ],
)
def test_senseless_lists_of_key_holders_are_refused(recipients):
    with pytest.raises(ValueError, match="key|recipient"):
        seal(RECORD, recipients, LEEDS)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=5))
def test_any_text_comes_back_as_it_was(record):
    blob = seal(record, keys(0), LEEDS)
    assert open_sealed(blob, ESCROW, LEEDS) == record


@given(st.binary(max_size=6_000))
def test_foreign_bytes_are_damaged_and_nothing_worse(blob):
    with pytest.raises(Damaged):
        recipients_of(blob)


@both_suites
def test_a_public_key_comes_back_from_its_text(suite):
    key = public_key_of(HOLDER, suite)
    assert PublicKey.from_text(f"\n{key.to_text()}\n") == key


@pytest.mark.parametrize("text", ["", "detwin-key-1:", "detwin-key-1:AAAA", "hello"])
def test_other_texts_are_no_public_key(text):
    with pytest.raises(ValueError, match="key|suite"):
        PublicKey.from_text(text)


def test_the_two_suites_share_no_key():
    classic, hybrid = (public_key_of(HOLDER, suite) for suite in (0, 1))
    assert classic.raw not in hybrid.raw
    assert classic.key_id != hybrid.key_id


def test_a_fingerprint_starts_with_the_key_identifier():
    key = public_key_of(HOLDER)
    assert key.fingerprint.replace(" ", "").startswith(key.key_id.hex())


def test_sealing_needs_no_django():
    code = "import sys, safety.sealing, safety.words; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
