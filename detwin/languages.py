"""The three languages of the site: codes, output tags, aliases and negotiation."""

from __future__ import annotations

from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language

CODES = ("en", "zh-hant", "zh-hans")

# Each language is named in itself, and never through a translation catalog.
NAMES = {"en": "English", "zh-hant": "繁體中文", "zh-hans": "简体中文"}
SHORT_NAMES = {"en": "English", "zh-hant": "繁體", "zh-hans": "简体"}

# What stands in `lang` and `hreflang` attributes. Without the script subtag a
# browser may show Chinese text in Japanese glyph shapes.
OUTPUT_TAGS = {"en": "en-GB", "zh-hant": "zh-Hant-HK", "zh-hans": "zh-Hans"}

# First path segments that people and old links use, with the language they mean.
ALIASES = {
    "en-gb": "en",
    "en-us": "en",
    "zh": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-tw": "zh-hant",
    "zh-hant-hk": "zh-hant",
    "zh-hant-tw": "zh-hant",
    "yue": "zh-hant",
    "tc": "zh-hant",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-hans-cn": "zh-hans",
    "sc": "zh-hans",
}

CANTONESE = ("yue", "yue-hk", "yue-hant", "yue-hant-hk", "yue-mo")


def teach_django_our_languages() -> None:
    """Make Cantonese phones land on Traditional Chinese, ours to negotiate.

    Django knows no `yue`; a `fallback` entry is how it learns that one language
    may be answered in another.
    """
    for code in CANTONESE:
        LANG_INFO.setdefault(code, {"fallback": ["zh-hant"]})


def current() -> str:
    """Return the active language's code; English when none is active."""
    code = get_language()
    return code if code in CODES else "en"


def column(field: str, code: str) -> str:
    """Name the database column that holds `field` in the language `code`."""
    return f"{field}_{code.replace('-', '_')}"


def in_language(instance: Any, field: str, code: str) -> str:
    """Return the text of a translated field in exactly this language, or ``""``."""
    return getattr(instance, column(field, code)) or ""


def best_of(instance: Any, field: str, code: str | None = None) -> tuple[str, str]:
    """Return a translated field's text and the code of the language it is in.

    The wanted language comes first, then the other Chinese, then English. A
    template that shows the text marks the run with its real language, so nothing
    falls back in silence.
    """
    wanted = code or current()
    order = [wanted, *(other for other in reversed(CODES) if other != wanted)]
    if wanted == "en":
        order = list(CODES)
    for candidate in order:
        if text := in_language(instance, field, candidate):
            return text, candidate
    return "", wanted
