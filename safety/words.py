"""A 32-byte seed as 24 words that can be printed, read aloud and typed again.

Each word is one of 2,048 made by rule: consonant, vowel, consonant, vowel and
a closing n or s. No word is copied from a list. 24 words of 11 bits hold the
256 bits of the seed and a checksum of 8 bits. Pure: no Django, no network.
"""

from __future__ import annotations

import hashlib
import re
from itertools import product

SEED_BYTES = 32
WORD_BITS = 11
WORD_COUNT = 24

_CONSONANTS = "bdgklmrv"
_VOWELS = "aiou"
_ENDINGS = "ns"
WORDS = tuple(
    "".join(letters)
    for letters in product(_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _ENDINGS)
)
_NUMBERS = {word: number for number, word in enumerate(WORDS)}


def to_words(seed: bytes) -> list[str]:
    """Return the 24 words of a seed; raises ValueError unless it has 32 bytes."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"A seed has {SEED_BYTES} bytes.")
    bits = int.from_bytes(seed + _checksum(seed), "big")
    shifts = range((WORD_COUNT - 1) * WORD_BITS, -1, -WORD_BITS)
    return [WORDS[bits >> shift & 2**WORD_BITS - 1] for shift in shifts]


def from_words(text: str) -> bytes:
    """Return the seed of 24 typed words; case, digits and line breaks don't matter.

    Raises ValueError naming the first wrong word, a wrong number of words, or a
    checksum that does not fit (255 of 256 mistakes are noticed).
    """
    words = re.findall(r"[a-z]+", text.lower())
    for position, word in enumerate(words, start=1):
        if word not in _NUMBERS:
            raise ValueError(f"Word {position} is not in the list.")
    if len(words) != WORD_COUNT:
        raise ValueError(f"There are {len(words)} words; a key has {WORD_COUNT}.")
    bits = 0
    for word in words:
        bits = bits << WORD_BITS | _NUMBERS[word]
    packed = bits.to_bytes(SEED_BYTES + 1, "big")
    seed, checksum = packed[:SEED_BYTES], packed[SEED_BYTES:]
    if checksum != _checksum(seed):
        raise ValueError("The words do not fit together: one is wrong or misplaced.")
    return seed


def _checksum(seed: bytes) -> bytes:
    return hashlib.sha256(b"detwin-words-1" + seed).digest()[:1]
