"""The public list of corrections."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import Article, Correction


def correct(slug, day, publish_at):
    article = Article.objects.create(slug=slug, title_en=slug, publish_at=publish_at)
    return Correction.objects.create(
        article=article, day=day, what_en=f"Wrong in {slug}.", what_zh_hant="有誤"
    )


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_corrections_of_published_articles_stand_newest_first(client, db, language):
    now = timezone.now()
    older = correct("older", "2026-10-01", now - datetime.timedelta(days=9))
    newer = correct("newer", "2026-11-01", now - datetime.timedelta(days=9))
    correct("later", "2026-11-02", now + datetime.timedelta(days=9))
    correct("draft", "2026-11-03", None)
    response = client.get(f"/{language}/trust/corrections/")
    assert list(response.context["corrections"]) == [newer, older]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_one_query(client, db, django_assert_num_queries, rows):
    for number in range(rows):
        correct(f"a{number}", "2026-11-01", timezone.now())
    with django_assert_num_queries(1):
        client.get("/en/trust/corrections/")
