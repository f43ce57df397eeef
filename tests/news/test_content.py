"""The articles that come with the site: the same in each language, dated as sourced."""

from __future__ import annotations

import csv
import datetime
import re
from collections import defaultdict

import pytest
from django.conf import settings

from cities.partial_dates import PartialDate
from detwin.languages import CODES
from news.article_files import read_articles

FOLDER = settings.BASE_DIR / "news" / "content"
ARTICLES = {article.slug: article for article in read_articles(FOLDER)}
# Said where the date of an article is not that of a source.
SAYS_SO = {
    "en": r"date above is (?:approximate|the day)|day above is inferred",
    "zh-hant": r"上列日期(?:只屬約數|為|由此推算)",
    "zh-hans": r"上列日期(?:只属约数|为|由此推算)|上述日期",
}


def body(article, code):
    return article.values[f"body_{code.replace('-', '_')}"]


def shape(article, code):
    """Return a text's headings, list entries and links, whatever its language."""
    text = body(article, code)
    links = re.findall(r"\]\(((?:[^()]|\([^)]*\))+)\)", text)
    return (
        [line.partition(" ")[0] for line in text.splitlines() if line[:1] == "#"],
        len(re.findall(r"^(?:-|\d+\.) ", text, re.MULTILINE)),
        sorted(link.replace(f"/{code}/", "/en/") for link in links),
    )


def documented():
    """Return the dates of the record's events, by place."""
    found = defaultdict(list)
    file = settings.BASE_DIR / "cities" / "data" / "status_events.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if happened := PartialDate.parse(row["date"]):
                found[row["foreign_slug"]].append(happened)
    return found


@pytest.mark.parametrize("slug", ARTICLES)
def test_each_language_has_the_same_headings_lists_and_links(slug):
    shapes = [shape(ARTICLES[slug], code) for code in CODES]
    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("slug", ARTICLES)
def test_each_article_ends_with_its_sources(slug):
    for code, word in zip(CODES, ("Sources", "資料來源", "资料来源"), strict=True):
        _, sources = body(ARTICLES[slug], code).rsplit(f"## {word}\n", 1)
        assert re.search(r"^- \[", sources.strip(), re.MULTILINE)
        assert "\n#" not in sources


@pytest.mark.parametrize(
    "slug", [slug for slug, article in ARTICLES.items() if article.place]
)
def test_an_article_on_a_place_is_dated_as_the_record_dates_it(slug):
    article = ARTICLES[slug]
    day = article.values["publish_at"].date()
    known = [
        happened
        for happened in documented()[article.place]
        if happened.first_day <= day <= happened.last_day
    ]
    assert known
    if not any(happened.day for happened in known):
        for code in CODES:
            assert re.search(SAYS_SO[code], body(article, code))


def test_the_checks_can_fail():
    assert PartialDate(2020).last_day == datetime.date(2020, 12, 31)
    assert shape(ARTICLES["bath-ends-jiangxi-friendship"], "en")[2]
