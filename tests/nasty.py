"""Texts that nobody types, drawn from a number.

A property test draws the number: letting the library draw each letter by itself would
take longer than what is to be tested.
"""

from __future__ import annotations

import random

NASTY = [
    *("", "\0", "\ufffd", "\r\nBcc: x@example.com", "\n", "\r", "\x1b", "\x85"),
    *("\ud800", "\udfff\ud800", "\u2028", "\u202e", "\u2066", "\u200f", "\u200b"),
    *("\ufeff", "<script>", "{{ x }}", "=1+1", "+1", "-1", "@x", "＝1", "\t=1", "%s"),
    *("%00", "' OR 1=1 --", "{place}", "王小明", "שלום", "محمد", "💥", "ﷺ" * 12),
    *("İ", "ß", "𠮷" * 120, "9" * 400, "a" * 4_000, "on", "1", "0", "1e9"),
    *("999999999999999999999", "NaN", "Infinity", "2026-02-30", "2026-11-24"),
    *("0000-00-00", "9999-12-31", "0001-01-01", "12:00", "https://example.org/"),
    *("http://[::1", "javascript:x", "//x", "https://例.香港/", "zoe@example.com"),
    *("@", "xn--", ".", "GB", "CN", "ended", "leeds", "draft", "council", "counted"),
    *("lives", "all", "place", "LS1 1UR", "{}", "[]", "null", '{"id": 1}', '"' * 50),
    *("[" * 900, "Europe/London", "../x"),
]


def text_by(draw: random.Random) -> str:
    """Return something nasty, several of them, or any letters at all."""
    if draw.random() < 0.7:
        return "".join(draw.choices(NASTY, k=draw.choice((1, 1, 1, 3))))
    points = (draw.randrange(0x11_0000) for _ in range(draw.randrange(40)))
    return "".join(map(chr, points))
