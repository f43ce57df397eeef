"""Find a place by any of its names, in any script.

One neutral column holds every name of a place in a folded form; a query is folded
the same way. Then 曼徹, 曼彻, zürich, ＬＯＮＤＯＮ and Xi'an all find their place.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from opencc import OpenCC

# Letters that Unicode does not decompose into a base letter and an accent.
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"}
)
# `|` parts one name from the next in the column, so no query can span two names.
SEPARATOR = "|"


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("hk2s")


def fold(text: str) -> str:
    """Fold text for comparison: width, case, accents, script, spaces and dashes."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(PLAIN_LETTERS)
    text = "".join(
        letter
        for letter in unicodedata.normalize("NFD", text)
        if not unicodedata.combining(letter)
    )
    text = _to_simplified().convert(unicodedata.normalize("NFC", text))
    return "".join(letter for letter in text if letter.isalnum())


def search_text(names: list[str]) -> str:
    """Return the column that makes a place findable by each of its names."""
    folded = dict.fromkeys(fold(name) for name in names)
    return SEPARATOR.join(name for name in folded if name)
