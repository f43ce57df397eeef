"""Rules that every template keeps: nothing inline, nothing forgotten."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from campaign.statement import DATES
from detwin.languages import CODES, OUTPUT_TAGS
from front.prose import TITLES

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
PROSE = TEMPLATES / "front" / "prose"
# Each version of the statement is a text of its own.
TEXTS = sorted(set(TITLES) - {"statement"} | {f"statement-{n}" for n in DATES})
DATA = {"application/ld+json", "application/json"}
BLOCK = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
VALUE = re.compile(r"{{.*?}}", re.DOTALL)


class Inline(HTMLParser):
    """Collects what a strict Content-Security-Policy would refuse."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "style" or (tag == "script" and self.is_code(attributes)):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}=")
            if name in ("href", "src", "action") and "javascript:" in (value or ""):
                self.found.append(f"{tag} {name}=javascript:")

    def is_code(self, attributes):
        return "src" not in attributes and attributes.get("type") not in DATA


def inline_in(template):
    """Return everything inline in a template's own HTML."""
    parser = Inline()
    parser.feed(VALUE.sub("x", BLOCK.sub(" ", template)))
    return parser.found


def shown(path):
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_nothing_is_inline(path):
    assert inline_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<style>p {}</style>", ["<style>"]),
        ("<script>go()</script>", ["<script>"]),
        ('<p style="color: red">', ["p style="]),
        ('<a {% if x %}onclick="go()"{% endif %}>', ["a onclick="]),
        ('<a href="javascript:go()">', ["a href=javascript:"]),
        ('<script type="application/ld+json">{}</script>', []),
        ('<script src="{% static \'a.js\' %}" type="module"></script>', []),
        ('<a href="{% url "x" %}" class="{{ one }}">', []),
    ],
)
def test_the_rule_can_fail(template, expected):
    assert inline_in(template) == expected


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_nothing_is_loaded_from_elsewhere(path):
    loaded = re.findall(
        r"<(?:script|img|link|source|iframe|video|audio)\b[^>]*?"
        r"(?:src|srcset|href)=[\"'](?:https?:)?//[^\"']*",
        path.read_text("utf-8"),
    )
    assert loaded == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=shown)
def test_every_sentence_that_is_translated_is_trimmed(path):
    opened = re.findall(r"{%\s*blocktrans(?:late)?\b[^%]*%}", path.read_text("utf-8"))
    assert [tag for tag in opened if "trimmed" not in tag] == []


@pytest.mark.parametrize("page", TEXTS)
def test_prose_is_written_in_each_language_and_complete(page):
    texts = [PROSE.joinpath(f"{page}.{code}.html").read_text("utf-8") for code in CODES]
    headings = [re.findall(r"<h[2-4][^>]*>", text) for text in texts]
    links = [len(re.findall(r"<a\b", text)) for text in texts]
    assert headings[0] == headings[1] == headings[2]
    assert links[0] == links[1] == links[2]


def test_no_prose_lies_about_that_no_page_shows():
    expected = {f"{page}.{code}.html" for page in TEXTS for code in CODES}
    assert {path.name for path in PROSE.iterdir()} == expected


@pytest.mark.parametrize("tag", list(OUTPUT_TAGS.values()))
def test_the_page_for_our_own_failures_speaks_each_language(tag):
    page = (TEMPLATES / "500.html").read_text("utf-8")
    assert f'lang="{tag}"' in page
    assert "{%" not in page
    assert "{{" not in page
