"""An article appears at its hour wherever articles are listed, by itself."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import Article

HOUR = datetime.timedelta(hours=1)
PAGES = [
    "/en/news/",
    "/zh-hant/news/",
    "/en/news/?place=leeds",
    "/en/news/feed.rss",
    "/zh-hans/news/feed.atom",
    "/sitemap.xml",
    "/en/cities/leeds/",
]


@pytest.mark.parametrize("path", PAGES)
def test_an_article_appears_in_every_list_at_its_hour(client, leeds, monkeypatch, path):
    hour = timezone.now() + HOUR
    Article.objects.create(
        slug="at-its-hour", title_en="A", place=leeds, publish_at=hour
    )
    own = "/en/news/at-its-hour/"
    for seconds, is_out in ((-1, False), (0, True)):
        moment = hour + datetime.timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert ("at-its-hour" in client.get(path).content.decode()) is is_out
        assert (client.get(own).status_code == 200) is is_out
