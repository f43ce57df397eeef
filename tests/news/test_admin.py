"""The desk's pages for articles."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django.utils.html import escape

from news.models import Article, Correction


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


def article_data(**changes):
    texts = {
        f"{field}_{code}": ""
        for field in ("title", "summary", "body")
        for code in ("en", "zh_hant", "zh_hans")
    }
    return {
        "slug": "",
        "petition_slug": "",
        "place": "",
        "publish_at_0": "2026-11-01",
        "publish_at_1": "08:00",
        "corrections-TOTAL_FORMS": "0",
        "corrections-INITIAL_FORMS": "0",
        **texts,
        **changes,
    }


def add(desk, **changes):
    response = desk.post("/desk/news/article/add/", article_data(**changes))
    assert response.status_code == 302, response.context["errors"]
    return Article.objects.latest("pk")


def test_the_slug_comes_from_the_english_title(desk):
    assert add(desk, title_en="A vote in Leeds!").slug == "a-vote-in-leeds"


def test_a_second_article_of_that_title_gets_a_number(desk):
    add(desk, title_en="A vote")
    assert add(desk, title_en="A vote").slug == "a-vote-1"


def test_a_title_in_chinese_alone_saves(desk):
    first = add(desk, title_zh_hant="列斯投票")
    second = add(desk, title_zh_hant="列斯再投票")
    assert first.slug == "update-2026-11-01-1"
    assert second.slug == "update-2026-11-01-2"
    assert first.title_zh_hans == "列斯投票"
    assert not first.title_en


def test_a_draft_in_chinese_alone_is_numbered_by_today(desk):
    article = add(desk, title_zh_hant="草稿", publish_at_0="", publish_at_1="")
    assert article.slug == f"update-{timezone.now().date()}-1"


def test_a_typed_slug_stays(desk):
    assert add(desk, title_en="A vote", slug="typed").slug == "typed"


def test_an_article_without_any_title_is_refused(desk):
    response = desk.post("/desk/news/article/add/", article_data(body_en="x"))
    assert (
        escape("Write a title in at least one language.") in response.content.decode()
    )
    assert not Article.objects.exists()


def test_simplified_is_made_from_traditional_and_a_hand_edit_stays(desk):
    article = add(desk, title_zh_hant="議會投票", body_zh_hant="內文")
    assert (article.title_zh_hans, article.body_zh_hans) == ("议会投票", "内文")
    edited = article_data(
        slug=article.slug,
        title_zh_hant="議會否決",
        title_zh_hans="市议会投票",
        body_zh_hant="新內文",
        body_zh_hans="内文",
    )
    desk.post(f"/desk/news/article/{article.pk}/change/", edited)
    article.refresh_from_db()
    assert article.title_zh_hans == "市议会投票"
    assert article.body_zh_hans == "新内文"


def test_a_correction_is_added_with_its_simplified_text(desk):
    article = add(desk, title_en="A vote")
    data = article_data(slug=article.slug, title_en="A vote")
    data |= {
        "corrections-TOTAL_FORMS": "1",
        "corrections-0-kind": "error",
        "corrections-0-day": "2026-11-02",
        "corrections-0-what_en": "The day was wrong.",
        "corrections-0-what_zh_hant": "日期有誤。",
        "corrections-0-what_zh_hans": "",
        "corrections-0-article": str(article.pk),
    }
    response = desk.post(f"/desk/news/article/{article.pk}/change/", data)
    assert response.status_code == 302
    assert Correction.objects.get().what_zh_hans == "日期有误。"


def test_a_note_of_a_day_to_come_is_refused(desk):
    article = add(desk, title_en="A vote")
    data = article_data(slug=article.slug, title_en="A vote")
    data |= {
        "corrections-TOTAL_FORMS": "1",
        "corrections-0-kind": "update",
        "corrections-0-day": "2199-11-02",
        "corrections-0-what_en": "The vote is over.",
        "corrections-0-article": str(article.pk),
    }
    response = desk.post(f"/desk/news/article/{article.pk}/change/", data)
    page = response.content.decode()
    assert "This day has not come yet." in page
    assert "The vote is over." in page
    assert not Correction.objects.exists()


def test_the_list_names_the_languages_still_missing(desk):
    Article.objects.create(slug="a", title_en="A vote", body_en="B")
    page = desk.get("/desk/news/article/").content.decode()
    assert "繁體中文, 简体中文" in page


@pytest.mark.parametrize("path", ["", "add/", "1/change/"])
def test_no_page_of_the_desk_loads_from_elsewhere(desk, path):
    Article.objects.create(pk=1, slug="a", title_en="A vote")
    page = desk.get(f"/desk/news/article/{path}").content.decode()
    assert "<script" in page
    for attribute in ('src="http', "src='http", 'src="//', '<link href="http'):
        assert attribute not in page
    assert "ajax.googleapis.com" not in page
