"""Signs that a signature is not a person's. A key holder reads them and decides."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

Row = dict[str, str]

# So many of one pattern are no family and no shared house.
MANY_NUMBERED = 4
MANY_AT_A_POSTCODE = 10
_BRITISH = re.compile(r"([A-Z]{1,2})[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}")
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG "
    "DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP "
    "IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX "
    "PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD "
    "TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
)
_BRITISH_AREAS = frozenset(_AREAS.split())
_NUMBERED = re.compile(r"(.*?)\d+(@.*)")


def likely_fakes(rows: Sequence[Row], country: str) -> list[tuple[Row, list[str]]]:
    """Return the rows that look false and why; of a pair the second only."""
    seen: set[tuple[str, ...]] = set()
    stems = Counter(filter(None, (_stem(row) for row in rows)))
    postcodes = Counter(filter(None, (_folded(row, "postcode") for row in rows)))
    found = []
    for row in rows:
        reasons = [*_as_before(row, seen), *_in_itself(row, country)]
        if stems[_stem(row)] >= MANY_NUMBERED:
            reasons.append("one of many numbered e-mail addresses")
        if postcodes[_folded(row, "postcode")] >= MANY_AT_A_POSTCODE:
            reasons.append("one of many with this postcode")
        if reasons:
            found.append((row, reasons))
    return found


def _as_before(row: Row, seen: set[tuple[str, ...]]) -> Iterator[str]:
    """Yield what an earlier row had too, and remember this one."""
    pairs = {
        "same name and postcode as an earlier one": ("name", "postcode"),
        "same e-mail address as an earlier one": ("email",),
    }
    for reason, fields in pairs.items():
        values = tuple(_folded(row, field) for field in fields)
        if all(values):
            if (reason, *values) in seen:
                yield reason
            seen.add((reason, *values))


def _in_itself(row: Row, country: str) -> Iterator[str]:
    name = unicodedata.normalize("NFKC", row.get("name", "")).casefold()
    postcode = _folded(row, "postcode").upper()
    if country == "GB" and postcode and not _is_british(postcode):
        yield "there is no such postcode"
    if _repeats(name):
        yield "the name repeats itself"
    if any(letter.isdigit() for letter in name):
        yield "the name holds digits"


def _is_british(postcode: str) -> bool:
    if postcode == "GIR0AA":
        return True
    match = _BRITISH.fullmatch(postcode)
    return match is not None and match[1] in _BRITISH_AREAS


def _repeats(name: str) -> bool:
    """Tell whether one letter or one word is all there is, three times over.

    Two equal words are a name in some places, and so are two equal characters.
    """
    letters = [letter for letter in name if letter.isalpha()]
    words = name.split()
    return (len(letters) > 2 and len(set(letters)) == 1) or (
        len(words) > 2 and len(set(words)) == 1
    )


def _stem(row: Row) -> str:
    """Return an e-mail address without its last number, or nothing without one."""
    match = _NUMBERED.fullmatch(_folded(row, "email"))
    return match[1] + match[2] if match else ""


def _folded(row: Row, field: str) -> str:
    """Return a value without spaces, in one case and one width."""
    return "".join(unicodedata.normalize("NFKC", row.get(field, "")).casefold().split())
