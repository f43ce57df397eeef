"""The public list of corrections."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cities.models import RecordCorrection
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
def test_the_page_takes_two_queries(client, newcastle, django_assert_num_queries, rows):
    for number in range(rows):
        correct(f"a{number}", "2026-11-01", timezone.now())
        correct_record(newcastle)
    with django_assert_num_queries(2):
        client.get("/en/trust/corrections/")


def correct_record(place, day="2026-10-15", **texts):
    """Note a correction of the record of a place and its first twin."""
    texts = {"what_en": "Status changed.", "why_en": "The minutes say so.", **texts}
    chinese_place = place.twinnings.get().chinese_place
    return RecordCorrection.objects.create(
        place=place, chinese_place=chinese_place, day=day, **texts
    )


def test_the_record_and_articles_share_one_list(client, newcastle):
    past = timezone.now() - datetime.timedelta(days=9)
    newest = correct("newest", "2026-11-01", past)
    middle = correct_record(newcastle)
    oldest = correct("oldest", "2026-10-01", past)
    response = client.get("/en/trust/corrections/")
    assert list(response.context["corrections"]) == [newest, middle, oldest]
    page = response.content.decode()
    assert "Status changed." in page
    assert "The minutes say so." in page
    assert 'href="/en/cities/newcastle-upon-tyne/"' in page


def test_a_long_list_goes_on_to_further_pages(client, newcastle):
    made = [correct_record(newcastle, f"2026-01-{1 + n % 28:02}") for n in range(60)]
    first = client.get("/en/trust/corrections/").context
    second = client.get("/en/trust/corrections/?page=2").context
    shown = [*first["corrections"], *second["corrections"]]
    assert (len(first["corrections"]), first["older"], second["older"]) == (50, 2, 0)
    assert sorted(row.pk for row in shown) == sorted(row.pk for row in made)


@pytest.mark.parametrize("page", ["0", "-1", "x", "９", "99999999999", "1e9"])
def test_a_senseless_page_is_answered(client, newcastle, page):
    correct_record(newcastle)
    assert client.get(f"/en/trust/corrections/?page={page}").status_code == 200


@pytest.mark.parametrize("slug", ["newcastle-upon-tyne", "taiyuan"])
def test_both_places_show_what_was_corrected(client, newcastle, leeds, slug):
    note = correct_record(newcastle)
    correct_record(leeds)
    context = client.get(f"/en/cities/{slug}/").context
    assert list(context["corrections"]) == [note]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_a_text_in_another_language_says_so(client, newcastle, language):
    correct_record(newcastle, what_zh_hant="狀況已更改。", what_zh_hans="状况已更改。")
    page = client.get(f"/{language}/cities/newcastle-upon-tyne/").content.decode()
    is_marked = '<span lang="en-GB">The minutes say so.</span>' in page
    assert is_marked == (language != "en")
