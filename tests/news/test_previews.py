"""A link by which a draft is read for seven days, and by nobody without it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from news.models import Article
from news.previews import SALT, preview_path
from safety.links import make_signed

DAY = datetime.timedelta(days=1)


@pytest.fixture
def draft(db):
    return Article.objects.create(
        slug="secret-draft", title_en="A draft", title_zh_hant="草稿", body_en="Body."
    )


@pytest.fixture
def at(monkeypatch):
    """Move the clock by some time."""
    now = timezone.now

    def moved(delta):
        monkeypatch.setattr(timezone, "now", lambda: now() + delta)

    return moved


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("en", "Preview, not published"),
        ("zh-hant", "預覽，尚未發佈"),
        ("zh-hans", "预览，尚未发布"),
    ],
)
def test_whoever_holds_the_link_reads_the_draft_with_a_notice(
    client, draft, language, notice
):
    response = client.get(preview_path(draft, language))
    page = response.content.decode()
    assert notice in page
    assert "Body." in page
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert not response.cookies


def test_the_day_it_is_to_appear_is_told(client, draft):
    draft.publish_at = timezone.now() + 3 * DAY
    draft.save()
    page = client.get(preview_path(draft, "en")).content.decode()
    assert "It is to appear on" in page


def test_its_languages_are_reached_by_the_same_token(client, draft):
    path = preview_path(draft, "en")
    page = client.get(path).content.decode()
    assert f'href="{path.replace("/en/", "/zh-hant/")}"' in page


def test_after_seven_days_the_link_is_dead(client, draft, at):
    path = preview_path(draft, "en")
    at(7 * DAY - datetime.timedelta(minutes=1))
    assert client.get(path).status_code == 200
    at(7 * DAY + datetime.timedelta(minutes=1))
    dead = client.get(path)
    assert dead.status_code == 404
    assert "A draft" not in dead.content.decode()


def test_a_link_altered_anywhere_is_dead(client, draft):
    path = preview_path(draft, "en")
    token = path.split("/")[-2]
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        altered = token[:place] + other + token[place + 1 :]
        assert client.get(path.replace(token, altered)).status_code == 404


@pytest.mark.parametrize("salt", ["safety.links", "news.others"])
def test_a_token_for_another_purpose_opens_nothing(client, draft, salt):
    token = make_signed(str(draft.pk), salt)
    assert client.get(f"/en/news/s/{token}/").status_code == 404
    assert client.get(f"/en/news/s/{make_signed(str(draft.pk), SALT)}/").status_code


@pytest.mark.parametrize("payload", ["x", "", "9" * 30, "1.5", "0"])
def test_a_signed_token_for_no_article_opens_nothing(client, draft, payload):
    token = make_signed(payload, SALT)
    assert client.get(f"/en/news/s/{token}/").status_code == 404


def test_once_it_is_out_the_link_leads_to_the_article(client, draft):
    path = preview_path(draft, "en")
    draft.publish_at = timezone.now()
    draft.save()
    response = client.get(path)
    assert response["Location"] == "/en/news/secret-draft/"
    assert response["Cache-Control"] == "no-store"


def test_a_deleted_draft_is_not_found(client, draft):
    path = preview_path(draft, "en")
    draft.delete()
    assert client.get(path).status_code == 404


def test_the_desk_offers_the_link_in_each_language(client, django_user_model, draft):
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    page = client.get(f"/desk/news/article/{draft.pk}/change/").content.decode()
    offered = page.partition("field-preview")[2]
    links = re.findall(r'href="(/[a-z-]+/news/s/[^"]+)"', offered)
    assert [link.split("/")[1] for link in links] == ["en", "zh-hant", "zh-hans"]
    assert all(client.get(link).status_code == 200 for link in links)
    assert "seven days" in page
    assert re.search(r'href="/en/news/s/[^"]+" class="viewsitelink"', page)
    Article.objects.update(publish_at=timezone.now())
    page = client.get(f"/desk/news/article/{draft.pk}/change/").content.decode()
    assert 'href="/en/news/secret-draft/" class="viewsitelink"' in page


def test_no_public_page_leads_to_a_draft(client, draft):
    for path in ("/en/", "/en/news/", "/en/news/feed.atom", "/sitemap.xml"):
        assert "secret-draft" not in client.get(path).content.decode()
