"""How templates show translated texts, numbers and countries."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override

from cities.models import Place


def render(source, **context):
    return Template("{% load languages %}" + source).render(Context(context))


@pytest.fixture
def leeds():
    return Place(
        slug="leeds", name_en="Leeds & co", name_zh_hant="列斯", name_zh_hans="利兹"
    )


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Leeds &amp; co"), ("zh-hant", "列斯"), ("zh-hans", "利兹")],
)
def test_a_text_in_the_readers_language_stands_plainly(leeds, language, shown):
    with override(language):
        assert render('{% text place "name" %}', place=leeds) == shown


def test_a_text_in_another_language_says_which(leeds):
    leeds.name_zh_hant = leeds.name_zh_hans = ""
    with override("zh-hans"):
        shown = render('{% text place "name" %}', place=leeds)
    assert shown.startswith('<span lang="en-GB">Leeds &amp; co</span> ')
    assert '<span class="fallback">(' in shown


def test_the_other_chinese_comes_before_english(leeds):
    leeds.name_zh_hans = ""
    with override("zh-hans"):
        shown = render('{% text place "name" %}', place=leeds)
    assert '<span lang="zh-Hant-HK">列斯</span>' in shown


def test_a_missing_text_is_nothing():
    assert render('{% text place "name" %}', place=Place(slug="x")) == ""


def test_a_fallback_cannot_smuggle_markup(leeds):
    leeds.name_en = "<b>x</b>"
    leeds.name_zh_hant = leeds.name_zh_hans = ""
    with override("zh-hant"):
        assert "<b>" not in render('{% text place "name" %}', place=leeds)


def test_a_plain_text_has_no_marker_and_is_escaped_where_it_is_put(leeds):
    leeds.name_zh_hant = leeds.name_zh_hans = ""
    with override("zh-hant"):
        source = '{% plain place "name" as name %}<a title="{{ name }}">'
        shown = render(source, place=leeds)
    assert shown == '<a title="Leeds &amp; co">'


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_thousands_are_parted(language):
    with override(language):
        shown = render("{% number n %} {{ n|number }}", n=1234567)
    assert shown == "1,234,567 1,234,567"


def test_no_number_is_nothing():
    assert render("{{ n|number }}", n=None) == ""


def test_tags_and_countries():
    shown = render("{{ 'zh-hant'|language_tag }} {{ 'de'|language_tag }}")
    assert shown == "zh-Hant-HK de"
    with override("en"):
        assert render("{{ 'GB'|country }} {{ 'XX'|country }}") == "United Kingdom XX"
