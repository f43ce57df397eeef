"""The page of one article."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import Article, Correction
from tests.news.picture_samples import make_picture

CORRECTIONS = "/en/trust/corrections/"


@pytest.fixture
def article(leeds):
    return Article.objects.create(
        slug="a-vote",
        title_en="A vote",
        title_zh_hant="投票",
        title_zh_hans="投票日",
        summary_en="The council votes.",
        body_en="## What happens\n\nIt **votes**.",
        body_zh_hant="議會**「投票」**。",
        body_zh_hans="议会投票。",
        place=leeds,
        publish_at=timezone.now() - datetime.timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "<h2>What happens</h2>"),
        ("zh-hant", "<strong>「投票」</strong>"),
        ("zh-hans", "议会投票。"),
    ],
)
def test_the_body_stands_in_the_readers_language(client, article, language, text):
    response = client.get(f"/{language}/news/a-vote/")
    assert text in response.content.decode()
    assert response.context["body_code"] == language


def test_the_other_languages_stand_beside_it(client, article):
    others = client.get("/en/news/a-vote/").context["other_languages"]
    assert [other["code"] for other in others] == ["zh-hant", "zh-hans"]
    assert others[0]["tag"] == "zh-Hant-HK"
    assert others[0]["title"] == "投票"


def test_a_missing_language_falls_back_and_says_which_it_is(client, article):
    article.body_zh_hans = article.body_zh_hant = ""
    article.save()
    context = client.get("/zh-hans/news/a-vote/").context
    assert (context["body_code"], context["body_tag"]) == ("en", "en-GB")
    assert context["other_languages"] == []


@pytest.mark.parametrize("hours", [None, 1])
def test_drafts_and_later_articles_are_not_found(client, article, hours):
    later = timezone.now() + datetime.timedelta(hours=hours) if hours else None
    article.publish_at = later
    article.save()
    assert client.get("/en/news/a-vote/").status_code == 404


def test_it_leads_to_its_petition(client, article, leeds_petition):
    article.petition_slug = "leeds"
    article.save()
    response = client.get("/en/news/a-vote/")
    assert response.context["petition"].title == "Ask leeds to end its agreement"
    assert "/en/petitions/leeds/" in response.content.decode()


@pytest.mark.parametrize("state", ["draft", None])
def test_a_draft_or_missing_petition_is_left_out(
    client, article, leeds_petition, state
):
    article.petition_slug = "leeds" if state else "nowhere"
    article.save()
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert client.get("/en/news/a-vote/").context["petition"] is None


def test_corrections_are_shown(client, article):
    Correction.objects.create(
        article=article, day="2026-11-01", what_en="The day was wrong."
    )
    page = client.get("/en/news/a-vote/").content.decode()
    assert "The day was wrong." in page
    assert '<a href="#corrections">corrected</a>' in page
    assert 'href="#updates"' not in page


def test_updates_are_marked_apart_from_corrections(client, article):
    Correction.objects.create(
        article=article, kind="update", day="2199-11-01", what_en="The vote is over."
    )
    response = client.get("/en/news/a-vote/")
    page = response.content.decode()
    assert '<a href="#updates">updated</a>' in page
    assert "The vote is over." in page.partition('id="updates"')[2]
    assert 'href="#corrections"' not in page
    assert response.context["described"]["dateModified"] == "2199-11-01"
    assert "The vote is over." not in client.get(CORRECTIONS).content.decode()


def test_the_decision_it_reports_stands_with_its_source(client, article, newcastle):
    article.status_event = newcastle.twinnings.get().events.get()
    article.save()
    page = client.get("/en/news/a-vote/").content.decode()
    decision = page.partition('id="decision-heading"')[2].partition("</section>")[0]
    for part in (
        '<time datetime="2022-11-02">',
        'href="/en/cities/newcastle-upon-tyne/#newcastle-upon-tyne-taiyuan"',
        "What happened, 1.",
        '<a href="https://example.org/1" rel="noopener">Source 1</a>',
    ):
        assert part in decision


def test_pictures_are_described_in_the_language_of_the_text(client, article):
    lead, placed = make_picture("a"), make_picture("b", licence="permission")
    article.lead_picture = lead
    article.body_zh_hant = f"前\n![圖說](picture:{placed.pk})\n後"
    article.save()
    page = client.get("/en/news/a-vote/").content.decode()
    first, second = page.split("<figure")[1:]
    assert f'src="/pictures/{lead.digest}-800.jpg"' in first
    assert f"/pictures/{lead.digest}-480.jpg 480w" in first
    assert 'alt="A crowd"' in first
    assert "Photo: A. Friend" in first
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in first
    assert 'alt="人群"' in second
    assert "圖說 · Photo: A. Friend · 獲授權使用，版權所有" in second


def test_a_picture_that_is_gone_leaves_the_article_whole(client, article):
    picture = make_picture("a")
    article.lead_picture = picture
    article.body_en = f"Before\n\n![](picture:{picture.pk})\n\nAfter"
    article.save()
    picture.delete()
    page = client.get("/en/news/a-vote/").content.decode()
    assert "<p>Before</p>\n<p>After</p>" in page
    assert "<figure" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_placed_pictures_cost_one_query_together(
    client, article, rows, django_assert_num_queries
):
    pictures = [make_picture(str(number)) for number in range(rows)]
    article.lead_picture = pictures[0]
    marks = "\n\n".join(picture.mark for picture in pictures)
    article.body_en = article.body_zh_hant = marks
    article.save()
    with django_assert_num_queries(3):
        page = client.get("/en/news/a-vote/").content.decode()
    assert page.count("<figure") == 2 * rows + 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_four_times(
    client, article, leeds_petition, django_assert_num_queries, rows
):
    article.petition_slug = "leeds"
    article.save()
    for number in range(rows):
        Correction.objects.create(
            article=article, day=f"2026-11-0{number + 1}", what_en="x"
        )
    with django_assert_num_queries(4):
        client.get("/en/news/a-vote/")


def test_it_is_described_as_news_that_a_correction_modifies(client, article, settings):
    settings.SITE_URL = "https://example.org"
    described = client.get("/zh-hant/news/a-vote/").context["described"]
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == "投票"
    assert described["inLanguage"] == "zh-Hant-HK"
    assert described["mainEntityOfPage"] == "https://example.org/zh-hant/news/a-vote/"
    assert described["dateModified"] == described["datePublished"]
    Correction.objects.create(article=article, day="2199-11-01", what_en="x")
    page = client.get("/en/news/a-vote/?page=1")
    assert page.context["described"]["dateModified"] == "2199-11-01"
    assert b'"@type": "NewsArticle"' in page.content


def test_previews_elsewhere_learn_when_it_appeared_and_was_corrected(client, article):
    day = timezone.now().date()
    Correction.objects.create(article=article, day=day, what_en="The day was wrong.")
    head = client.get("/en/news/a-vote/").content.decode().partition("</head>")[0]
    published = article.publish_at.isoformat()
    assert f'property="article:published_time" content="{published}"' in head
    assert f'property="article:modified_time" content="{day.isoformat()}"' in head
    assert '<meta property="og:type" content="article">' in head
