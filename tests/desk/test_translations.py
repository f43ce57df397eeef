"""The translation desk: what lacks a language, or is older than its source."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from campaign.models import Group, JointAction
from detwin.languages import CODES, column
from news.models import Article

PATH = "/desk/translations/"
WHOLE = {column(field, code): "x" for field in ("title", "body") for code in CODES}


def make_article(slug="a", **changes):
    return Article.objects.create(slug=slug, **{**WHOLE, **changes})


def change(article, **texts):
    for name, text in texts.items():
        setattr(article, name, text)
    article.save()


def behind(desk):
    """Return (language, source) of each older text that the page names."""
    return [
        (gap.code, gap.source)
        for line in desk.get(PATH).context["lines"]
        for gap in line.older
    ]


def lacking(desk):
    return [line.missing for line in desk.get(PATH).context["lines"]]


def test_an_article_whole_in_three_languages_does_not_wait(desk):
    make_article()
    page = desk.get(PATH)
    assert page.context["lines"] == []
    assert "Every article is whole" in page.content.decode()


def test_a_missing_language_is_named(desk):
    make_article(title_zh_hant="", body_zh_hans=None)
    assert lacking(desk) == [["繁體中文", "简体中文"]]


def test_the_page_leads_to_where_it_is_mended(desk):
    article = make_article(title_en="Only in part", title_zh_hant="")
    link = f'href="/desk/news/article/{article.pk}/change/">Only in part</a>'
    assert link in desk.get(PATH).content.decode()


@pytest.mark.parametrize(
    ("written_in", "changed", "expected"),
    [
        ("en", "body_en", [("zh-hant", "English")]),
        ("en", "body_zh_hant", [("zh-hans", "繁體中文")]),
        ("en", "body_zh_hans", []),
        ("zh-hant", "body_zh_hant", [("en", "繁體中文"), ("zh-hans", "繁體中文")]),
        ("zh-hant", "body_en", []),
        ("zh-hans", "title_zh_hans", [("en", "简体中文"), ("zh-hant", "简体中文")]),
        ("zh-hans", "summary_zh_hant", []),
    ],
)
def test_a_language_waits_when_what_it_follows_changed_later(
    desk, written_in, changed, expected
):
    article = make_article(written_in=written_in)
    change(article, **{changed: "mended"})
    assert behind(desk) == expected
    assert Article.objects.to_translate().count() == bool(expected)


def test_languages_that_are_saved_together_are_in_step(desk):
    article = make_article()
    change(article, body_en="new", body_zh_hant="新", body_zh_hans="新")
    assert behind(desk) == []


def test_a_save_without_new_words_changes_nothing(desk):
    article = make_article()
    change(article, body_en="new")
    change(article, publish_at=timezone.now(), title_en="x")
    assert behind(desk) == [("zh-hant", "English")]
    change(article, body_zh_hant="新")
    assert behind(desk) == [("zh-hans", "繁體中文")]


def test_words_that_still_fit_do_not_wait_any_more(desk):
    article = make_article()
    change(article, body_en="new")
    updated_at = Article.objects.get().updated_at
    response = desk.post(f"{PATH}{article.pk}/zh-hant/")
    assert response["Location"] == PATH
    assert behind(desk) == [("zh-hans", "繁體中文")]
    desk.post(f"{PATH}{article.pk}/zh-hans/")
    assert behind(desk) == []
    assert Article.objects.get().updated_at == updated_at


@pytest.mark.parametrize("path", ["1/xx/", "99/en/"])
def test_what_is_not_there_cannot_fit(desk, path):
    make_article(pk=1)
    assert desk.post(PATH + path).status_code == 404


def test_it_cannot_be_fetched_into_fitting(desk):
    article = make_article()
    change(article, body_en="new")
    assert desk.get(f"{PATH}{article.pk}/zh-hant/").status_code == 405
    assert behind(desk) == [("zh-hant", "English")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "en"),
        ({"title_en": "", "body_en": ""}, "zh-hant"),
        ({"written_in": "zh-hans"}, "zh-hans"),
        (dict.fromkeys(WHOLE, ""), ""),
    ],
)
def test_an_article_is_written_in_english_or_whatever_there_is(db, given, expected):
    assert make_article(**given).written_in == expected


def test_simplified_made_from_traditional_is_in_step_and_a_hand_edit_waits(desk):
    data = {
        **dict.fromkeys((column("summary", code) for code in CODES), ""),
        **{**WHOLE, "title_zh_hans": "", "body_zh_hans": "", "body_zh_hant": "議會"},
        **{"corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0"},
        "written_in": "zh-hant",
        "slug": "a",
    }
    desk.post("/desk/news/article/add/", data)
    article = Article.objects.get()
    assert article.body_zh_hans == "议会"
    path = f"/desk/news/article/{article.pk}/change/"
    desk.post(path, {**data, "body_en": "y", "body_zh_hant": "議會投票"})
    assert Article.objects.get().body_zh_hans == "议会投票"
    assert behind(desk) == []
    change(Article.objects.get(), body_zh_hans="自己写的")
    desk.post(path, {**data, "body_zh_hant": "議會否決", "body_zh_hans": "自己写的"})
    assert Article.objects.get().body_zh_hans == "自己写的"
    assert ("zh-hans", "繁體中文") in behind(desk)


def test_other_texts_that_lack_a_language_are_named_with_their_place(desk):
    Group.objects.create(name_en="Leeds Group", name_zh_hant="列斯團體", about_en="")
    JointAction.objects.create(day="2022-10-01", title_en="Joint action")
    found = desk.get(PATH).context["kinds"]
    by_label = {
        kind.label: [(line.label, line.missing) for line in kind.lines]
        for kind in found
    }
    assert by_label["groups"] == [("Leeds Group", "简体中文")]
    assert [missing for _, missing in by_label["joint action days"]] == [
        "繁體中文, 简体中文"
    ]


def test_only_what_an_organiser_may_mend_is_shown(log_in, db):
    Group.objects.create(name_en="Leeds Group")
    client = log_in("change_article")
    assert client.get(PATH).context["kinds"] == []
    assert "Leeds Group" not in client.get(PATH).content.decode()


@pytest.mark.parametrize(
    ("method", "path", "permission"),
    [("get", PATH, "change_article"), ("post", f"{PATH}1/en/", "change_article")],
)
def test_who_may_not_change_articles_is_refused(log_in, db, method, path, permission):
    make_article(pk=1)
    client = log_in("view_article", "add_article")
    assert getattr(client, method)(path).status_code == 403


def test_a_stranger_is_led_to_the_login(client, db):
    assert client.get(PATH)["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(
    desk, rows, django_assert_num_queries
):
    for number in range(rows):
        make_article(f"a{number}", body_zh_hant="")
        Group.objects.create(name_en=f"Group {number}")
    with django_assert_num_queries(16):
        desk.get(PATH)


def test_articles_that_were_there_before_are_taken_to_be_in_step(db):
    import importlib

    from django.apps import apps

    article = make_article()
    day = timezone.now() - datetime.timedelta(days=9)
    blank = dict.fromkeys((column("changed", code) for code in CODES), None)
    Article.objects.update(**blank, updated_at=day, written_in="")
    name = "news.migrations.0004_decisions_and_text_times"
    importlib.import_module(name).start_clocks(apps, None)
    article.refresh_from_db()
    assert (article.written_in, article.changed_en) == ("en", day)
    assert Article.objects.to_translate().count() == 0
