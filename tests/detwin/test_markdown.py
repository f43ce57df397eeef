"""Markdown by organisers: what it can do, and what nobody can do through it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from detwin.templatetags.prose import ATTRIBUTES, TAGS, markdown

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


@pytest.mark.parametrize("nothing", ["", None, "   \n"])
def test_nothing_gives_nothing(nothing):
    assert markdown(nothing) == ""
