"""The chart of a petition's growth: sums of closed days, and never a single signer."""

from __future__ import annotations

import datetime
import gzip
import re

import pytest
from django.core.cache import caches

from petitions.chain import close_days
from petitions.growth import Scale, lines_of
from petitions.models import CouncilReply, DailyTally, HandIn
from petitions.public_tally import Line, published_lines
from tests.conftest import TODAY, forget_everything
from tests.petitions.conftest import LANGUAGES

YEAR = 365


def day(number):
    return TODAY() - datetime.timedelta(days=number)


def grown(petition, *changes, opened=YEAR):
    """Give a petition tallies of (days ago, confirmed, withdrawn)."""
    for ago, confirmed, withdrawn in changes:
        DailyTally.objects.create(
            petition=petition, day=day(ago), confirmed=confirmed, withdrawn=withdrawn
        )
    petition.supporters = sum(c - w for _, c, w in changes)
    petition.opens_on = day(opened)
    petition.save()
    close_days()
    forget_everything()
    caches["pages"].clear()
    return petition


def page_of(client, slug="leeds", language="en"):
    return client.get(f"/{language}/petitions/{slug}/").content.decode()


def chart_in(page):
    found = re.search(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_supporters_are_summed_over_the_published_lines():
    lines = [
        Line(day(9), day(8), confirmed=20, withdrawn=1, quarantined=7, removed=4),
        Line(day(7), day(7), confirmed=9, released=3),
    ]
    summed = [(line.day, line.supporters) for line in lines_of(lines)]
    assert summed == [(day(8), 15), (day(7), 27)]


def test_the_chart_ends_its_lines_where_the_open_data_do(client, leeds_petition):
    grown(leeds_petition, (30, 6, 0), (29, 24, 0), (9, 40, 1), (8, 3, 0))
    rows = client.get("/data/petitions/leeds/daily.csv").content.decode().splitlines()
    ends = [row.split(",")[1] for row in rows[1:]]
    chart = lines_of(published_lines(leeds_petition))
    assert (
        ends == [line.day.isoformat() for line in chart] == [str(day(29)), str(day(9))]
    )


def test_the_page_shows_the_lines_of_days_that_are_over(client, leeds_petition):
    grown(leeds_petition, (30, 20, 0), (9, 40, 0), (1, 3, 0), (0, 77, 0))
    chart = chart_in(page_of(client))
    assert ">60</text>" in chart
    assert "63" not in re.findall(r">(\d+)</text>", chart)
    assert "140" not in chart


@pytest.mark.parametrize(
    "changes",
    [
        [(30, 12, 0), (9, 12, 0)],
        [(30, 60, 0)],
        [(30, 9, 0), (0, 90, 0)],
        [],
    ],
)
def test_too_few_figures_are_no_chart(client, leeds_petition, changes):
    grown(leeds_petition, *changes)
    page = page_of(client)
    assert chart_in(page) == ""
    assert "growth-heading" not in page


def test_a_near_goal_has_a_line_and_a_far_one_has_none(client, sheffield_petition):
    changes = [(300, 900, 0), (20, 900, 0)]
    petition = grown(sheffield_petition, *changes)
    petition.council_valid_told = 1000
    petition.save()
    assert 'class="goal"' in chart_in(page_of(client, "sheffield"))
    DailyTally.objects.update(confirmed=100)
    caches["pages"].clear()
    page = page_of(client, "sheffield")
    assert chart_in(page)
    assert 'class="goal"' not in chart_in(page)


def test_what_happened_is_marked_on_its_day(client, leeds_petition):
    grown(leeds_petition, (300, 40, 0), (200, 40, 0))
    leeds_petition.closes_on = day(100)
    leeds_petition.hand_in(day(80))
    leeds_petition.save()
    hand_in = HandIn.objects.create(petition=leeds_petition, day=day(80), way="post")
    for _ in range(2):
        CouncilReply.objects.create(
            hand_in=hand_in,
            day=day(10),
            outcome="partly",
            words_en="Perhaps.",
            source="https://example.org/reply",
        )
    forget_everything()
    chart = chart_in(page_of(client))
    names = re.findall(r'class="mark"[^>]*/><text[^>]*>([^<]+)<', chart)
    assert names == ["Closed for signing", "Handed in", "Council answered"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_of_figures_weighs_little(client, sheffield_petition, language):
    changes = [(ago, 7 + ago * 37 % 90, ago % 3) for ago in range(YEAR, 0, -1)]
    grown(sheffield_petition, *changes)
    page = page_of(client, "sheffield", language)
    chart = chart_in(page)
    assert 300 < len(gzip.compress(chart.encode())) <= 2_000
    assert 12 <= page.count('<tr><th scope="row">') <= 14
    assert len(gzip.compress(page.encode())) <= 15_000
    assert "style=" not in chart


def test_the_chart_costs_one_query_once_in_a_while(
    client, leeds_petition, settings, django_assert_num_queries
):
    grown(leeds_petition, (30, 20, 0), (9, 40, 0))
    settings.PAGE_TEXT_SECONDS = 60
    assert chart_in(page_of(client))
    with django_assert_num_queries(1):
        assert chart_in(page_of(client))


def test_a_form_sent_back_is_not_kept_waiting_for_a_chart(client, leeds_petition):
    grown(leeds_petition, (30, 20, 0), (9, 40, 0))
    response = client.post("/en/petitions/leeds/sign", {"wording": "1"})
    assert 'class="errors"' in response.content.decode()
    assert chart_in(response.content.decode()) == ""


def test_a_spot_stays_within_the_drawing():
    scale = Scale(day(10), day(0), 100)
    assert scale.spot(day(20), 0) == (1, 168)
    assert scale.spot(day(0), 100) == (356, 54)
    assert scale.goal_y(100) == 54
    assert scale.goal_y(101) is None
    assert Scale(day(0), day(0), 1).x(day(0)) == 1
