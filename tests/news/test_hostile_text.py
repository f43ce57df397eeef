"""What hostile Markdown can do on an article's page, in every language: nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from detwin.languages import CODES, column
from news.models import Article
from news.models.article import LONGEST_BODY
from tests.news.picture_samples import make_picture
from tests.news.test_admin import article_data
from tests.news.xss_corpus import ATTACKS, EVIL

# The desk refuses NUL in any field, and PostgreSQL cannot store one.
STORABLE = [attack.replace("\0", "") for attack in ATTACKS]
# What an article's text may consist of, with our own figures.
ALLOWED = {
    *("a", "blockquote", "br", "code", "del", "em", "hr", "img", "p", "pre", "strong"),
    *("h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "figure", "figcaption"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
LOADING = ("src", "srcset", "data", "poster", "background", "action", "ping")


class Page(HTMLParser):
    """The elements of the texts of an article's page, as a browser would see them."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.depth, self.elements, self.texts = 0, [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "div" and (self.depth or attributes.get("class") == "prose"):
            self.texts += not self.depth
            self.depth += 1
        elif self.depth:
            self.elements.append((tag, attributes))

    def handle_endtag(self, tag):
        if tag == "div" and self.depth:
            self.depth -= 1


class Whole(HTMLParser):
    """Every element of a page."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def wrong_in(html):
    """Return every element that could act, load from elsewhere or lead to a script."""
    page = Page(html)
    assert page.texts == len(CODES)
    return [element for element in page.elements if is_wrong(*element)]


def as_requested(address):
    """Return an address as browsers read it: without tabs, line ends and edges."""
    return re.sub(r"[\t\r\n]", "", address).strip("\0\1 ")


def is_wrong(tag, attributes):
    loads = as_requested(" ".join(attributes.get(name) or "" for name in LOADING))
    href = as_requested(attributes.get("href") or "/")
    return (
        tag not in ALLOWED
        or any(name.startswith("on") or name == "style" for name in attributes)
        or re.search(r"^[^/]|//|\\", loads) is not None
        or not re.match(r"https?://|mailto:|/(?![/\\])|#", href)
    )


@pytest.fixture
def article(db):
    make_picture("a", pk=1)
    return Article.objects.create(
        slug="hostile",
        title_en="A",
        title_zh_hant="甲",
        title_zh_hans="甲",
        publish_at=timezone.now(),
    )


def test_the_corpus_is_large_and_each_attack_is_its_own():
    assert len(set(ATTACKS)) == len(ATTACKS) >= 130


def test_the_check_sees_what_it_should():
    for harm in (
        ("script", {}),
        ("p", {"onclick": "x"}),
        ("p", {"style": "x"}),
        ("img", {"src": f"https://{EVIL}/"}),
        ("img", {"src": "//other.example/"}),
        ("img", {"src": "/\t/other.example/"}),
        ("img", {"src": "\1//other.example/"}),
        ("img", {"src": "x"}),
        ("a", {"href": "javascript:alert(1)"}),
        ("a", {"href": "//other.example"}),
    ):
        assert is_wrong(*harm)
    assert not is_wrong("img", {"src": "/a.png", "alt": "<script>"})


@pytest.mark.parametrize("code", CODES)
def test_no_attack_leaves_anything_active_in_any_language(client, article, code):
    wrong = {}
    for attack in STORABLE:
        for other in CODES:
            setattr(article, column("body", other), f"before\n\n{attack}\n\nafter")
        article.save()
        page = client.get(f"/{code}/news/hostile/").content.decode()
        if found := wrong_in(page):
            wrong[attack] = found
    assert wrong == {}


def test_no_attack_gets_through_a_title_a_summary_or_a_note(client, article):
    for attack in STORABLE:
        article.title_en, article.summary_en = attack[:200], attack[:400]
        article.save()
        note = article.corrections.create(day="2026-01-01", what_en=attack)
        page = client.get("/en/news/hostile/").content.decode()
        note.delete()
        for tag, attributes in Whole(page).elements:
            assert not [name for name in attributes if name.startswith("on")], attack
            assert tag != "script" or attributes == {"type": "application/ld+json"}
            assert EVIL not in (attributes.get("src") or ""), attack


@pytest.fixture
def desk(client, django_user_model):
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "word " * 200_000, "at most 30000 characters"),
        ("zh-hant", "議會投票" * 90_000, "30000"),
        ("zh-hans", "[" * 1_000_000, "30000"),
    ],
)
def test_a_megabyte_is_refused_and_nothing_is_lost(desk, language, text, told):
    typed = article_data(title_en="A title", body_en="Mine", body_zh_hant=text)
    response = desk.post(f"/desk/news/article/add/?language={language}", typed)
    errors = response.context["adminform"].form.errors
    assert list(errors) == ["body_zh_hant"]
    assert told in errors["body_zh_hant"][0]
    page = response.content.decode()
    assert text.strip() in page
    assert 'value="A title"' in page
    assert not Article.objects.exists()


def test_the_box_takes_more_than_the_limit_so_that_no_browser_cuts_it(desk):
    page = desk.get("/desk/news/article/add/").content.decode()
    box = re.search(r'<textarea name="body_en"[^>]*>', page)[0]
    assert "maxlength" not in box
    assert f"at most {LONGEST_BODY // 1000},000 characters" in page


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("![](picture:77)", "There is no picture 77."),
        ("see ![](picture:1) here", "on a line of its own"),
        ("![](picture:x)", "on a line of its own"),
        ("\n\n".join(["![](picture:1)"] * 31), "more than 30 pictures"),
    ],
)
def test_pictures_that_would_not_show_are_told_at_the_desk(desk, body, told):
    make_picture("a", pk=1)
    response = desk.post(
        "/desk/news/article/add/", article_data(title_en="A", body_en=body)
    )
    errors = response.context["adminform"].form.errors
    assert list(errors) == ["body_en"]
    assert told in errors["body_en"][0]
