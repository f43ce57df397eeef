"""Pictures in the text of an article: which are placed in it, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from detwin.languages import CODES, in_language
from detwin.safe_markdown import pictures_in
from news.models import Article, Picture

MENTION = re.compile(r"\]\(\s*picture:[^)]*\)")
# More would be an album, and weigh too much on a phone.
MOST_PLACED = 30


def placed_pictures(article: Article) -> dict[int, Picture]:
    """Return the pictures placed in any language, by number; no query for none."""
    numbers: set[int] = set()
    for code in CODES:
        numbers |= set(pictures_in(in_language(article, "body", code)))
    return Picture.objects.in_bulk(sorted(numbers)) if numbers else {}


def complaints(texts: Iterable[str]) -> list[str]:
    """Say for each text what is wrong with its pictures; empty where nothing is."""
    whole = list(texts)
    wanted = {number for text in whole for number in pictures_in(text)}
    known = Picture.objects.in_bulk(sorted(wanted)) if wanted else {}
    return [next(complaints_about(text, set(known)), "") for text in whole]


def complaints_about(text: str, known: set[int]) -> Iterator[str]:
    """Yield what is wrong with the pictures of one text."""
    numbers = pictures_in(text)
    if len(MENTION.findall(text)) != len(numbers):
        yield _("Put each picture on a line of its own, such as %(example)s.") % {
            "example": "![](picture:12)"
        }
    if len(numbers) > MOST_PLACED:
        yield _("This is more than %(most)s pictures.") % {"most": MOST_PLACED}
    for number in numbers:
        if number not in known:
            yield _("There is no picture %(number)s.") % {"number": number}
