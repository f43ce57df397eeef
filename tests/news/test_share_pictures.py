"""The pictures that other sites show beside a link to an article."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from news.models import Article
from news.share_pictures import cards, draw_pictures

PLAIN = Path(__file__).resolve().parents[2] / "static" / "img"
LANGUAGES = ("en", "zh-hant", "zh-hans")


@pytest.fixture
def article(db):
    return Article.objects.create(
        slug="a-vote",
        title_en="A vote",
        title_zh_hant="投票",
        title_zh_hans="投票日",
        publish_at=datetime.datetime(2022, 11, 23, 12, tzinfo=datetime.UTC),
    )


def fetched(client, language="en"):
    return client.get(f"/share/{language}/news/a-vote.png")


def test_a_picture_says_title_and_day_in_its_language(article):
    assert [(card.kind, card.title) for card in cards()] == [
        ("23 November 2022", "A vote"),
        ("2022年11月23日", "投票"),
        ("2022年11月23日", "投票日"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_gets_a_picture_of_its_own(client, pictures, article, language):
    assert draw_pictures() == 3
    (file,) = (pictures / "news").glob(f"a-vote.{language}.*.png")
    response = fetched(client, language)
    assert response.content == file.read_bytes()
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("language", LANGUAGES)
def test_until_it_is_drawn_the_plain_picture_is_served(
    client, pictures, article, language
):
    expected = (PLAIN / f"share.{language}.png").read_bytes()
    assert fetched(client, language).content == expected


def test_a_corrected_title_is_drawn_anew(pictures, article):
    draw_pictures()
    article.title_en = "Another vote"
    article.save()
    assert draw_pictures() == 1
    assert len(list((pictures / "news").iterdir())) == 3


@pytest.mark.parametrize("hours", [None, 1])
def test_a_draft_or_later_article_shows_its_title_to_nobody(
    client, pictures, article, hours
):
    draw_pictures()
    later = timezone.now() + datetime.timedelta(hours=hours) if hours else None
    Article.objects.update(publish_at=later)
    assert draw_pictures() == 0
    assert fetched(client).status_code == 404


@pytest.mark.parametrize("path", ["de/news/a-vote", "en/news/nowhere", "en/a-vote"])
def test_unknown_pictures_are_not_found(client, pictures, article, path):
    assert client.get(f"/share/{path}.png").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_names_its_picture(client, article, language):
    response = client.get(f"/{language}/news/a-vote/")
    page = response.content.decode()
    address = f"http://testserver/share/{language}/news/a-vote.png"
    assert page.count('property="og:image"') == 1
    assert f'<meta property="og:image" content="{address}">' in page
    assert response.context["described"]["image"] == address


def test_the_worker_draws_what_has_been_published(
    transactional_db, pictures, article, monkeypatch
):
    monkeypatch.setattr("petitions.management.commands.run_worker.signal.signal", print)
    call_command("run_worker", "--once")
    assert len(list((pictures / "news").iterdir())) == 3
