"""What is done to Markdown before it is parsed: pictures alone, and no slow blocks.

The parser reads a block again for each heading in it, and to its end for each
bracket that does not close: a few thousand of these would keep it for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from markdown.preprocessors import Preprocessor

PLACED = re.compile(r"picture:([0-9]{1,9})")
# `![caption](picture:12)` on a line of its own.
PICTURE_LINE = re.compile(r"!\[[^\[\]]*\]\(picture:[0-9]{1,9}\)\s*")
HEADING_OR_RULE = re.compile(r"#{1,6}|(?:\* *){3,}$|(?:_ *){3,}$|(?:- +){2,}-$")
UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")
DEEPEST, MOST_LOOSE = 8, 50
CLOSES = {"]": "[", ")": "("}


class CalmBlocks(Preprocessor):
    """Sets headings and pictures apart, and takes brackets out of their meaning."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with empty ones between what belongs apart."""
        calm: list[str] = []
        for _, block in groupby(set_apart(lines), key=lambda line: line.strip() == ""):
            calm += without_brackets(list(block))
        return calm


def pictures_in(text: str) -> list[int]:
    """Return the numbers of the pictures that stand on a line of their own."""
    lines = [line for line in text.split("\n") if PICTURE_LINE.fullmatch(line)]
    return [int(found[1]) for line in lines if (found := PLACED.search(line))]


def set_apart(lines: Iterable[str]) -> Iterator[str]:
    """Put empty lines round headings, rules and pictures; it changes nothing else."""
    before = ""
    for line in lines:
        is_apart = HEADING_OR_RULE.match(line) or PICTURE_LINE.fullmatch(line)
        if is_apart and before.strip():
            yield ""
        yield line
        if is_apart or (UNDERLINE.fullmatch(line) and before.strip()):
            yield ""
            before = ""
        else:
            before = line


def without_brackets(lines: list[str]) -> list[str]:
    """Return a block as it is; one full of loose brackets without links."""
    if loose_brackets("\n".join(lines)) <= MOST_LOOSE:
        return lines
    return [line.replace("\\[", "[").replace("[", "\\[") for line in lines]


def loose_brackets(text: str) -> int:
    """Count brackets that are never closed, or stand deep inside of others."""
    depth, loose = {"[": 0, "(": 0}, 0
    for char in text:
        if char in depth:
            depth[char] += 1
            loose += depth[char] > DEEPEST
        elif char in CLOSES:
            depth[CLOSES[char]] = max(0, depth[CLOSES[char]] - 1)
    return loose + sum(depth.values())
