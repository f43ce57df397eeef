"""The chart of endings: precise years are drawn, all others told in words."""

from __future__ import annotations

import datetime

import pytest

from cities.models import StatusEvent
from front import endings
from front.endings import bar_width, endings_chart, is_named
from tests.conftest import make_place, twin


@pytest.fixture(autouse=True)
def _the_year_is_2026(monkeypatch):
    now = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    monkeypatch.setattr(endings.timezone, "now", lambda: now)


def end(slug, day, hangzhou, status="ended", country="GB", *, inferred=False):
    tie = twin(make_place(slug, country), hangzhou, (status, day, "press"))
    tie.events.update(date_inferred=inferred)
    return tie


def counts(chart):
    return {bar.year: (bar.ended, bar.lapsed) for bar in chart["bars"] if bar.total}


def test_endings_are_counted_by_year(hangzhou):
    end("a", "2020", hangzhou)
    end("b", "2020-03-01", hangzhou)
    end("c", "2020-12", hangzhou, "lapsed")
    end("d", "2022-11-02", hangzhou)
    chart = endings_chart()
    assert counts(chart) == {2020: (2, 1), 2022: (1, 0)}
    assert [bar.year for bar in chart["bars"]] == list(range(2020, 2027))


def test_what_is_not_known_to_the_year_is_told_and_not_drawn(hangzhou):
    end("a", "2020", hangzhou)
    end("b", "2019", hangzhou, inferred=True)
    end("c", "", hangzhou)
    end("d", "", hangzhou, inferred=True)
    chart = endings_chart()
    assert counts(chart) == {2020: (1, 0)}
    assert (chart["inferred"], chart["undated"], chart["total"]) == (1, 2, 4)


def test_only_the_event_a_tie_ended_by_counts_and_only_while_it_is_over(hangzhou):
    tie = end("a", "2019-10-07", hangzhou)
    again = StatusEvent.objects.get(twinning=tie)
    again.pk, again.happened_on = None, "2020-01-02"
    again.save()
    renewed = make_place("b")
    twin(renewed, hangzhou, ("ended", "2018", "press"), ("active", "2021", "council"))
    assert counts(endings_chart()) == {2020: (1, 0)}


def test_a_country_has_a_chart_of_its_own_or_none(hangzhou):
    end("a", "2020", hangzhou)
    end("b", "2021", hangzhou, country="SE")
    assert counts(endings_chart("SE")) == {2021: (1, 0)}
    assert endings_chart("JP") is None


def test_bars_fill_the_drawing_and_stand_on_each_other(hangzhou):
    end("a", "2025", hangzhou)
    end("b", "2025", hangzhou, "lapsed")
    bar, this_year = endings_chart()["bars"]
    assert (bar.ended_y, bar.lapsed_y, bar.ended_height) == (20, 70, 50)
    assert (bar.x, this_year.x, this_year.total) == (90, 270, 0)


def test_many_years_stay_legible():
    assert bar_width(40) * 40 < 360
    assert [is_named(index, 3) for index in range(3)] == [True] * 3
    assert sum(is_named(index, 40) for index in range(40)) <= 9


@pytest.mark.parametrize("rows", [1, 3])
def test_the_chart_asks_the_database_once(hangzhou, django_assert_num_queries, rows):
    for number in range(rows):
        end(f"place-{number}", "2020", hangzhou)
    with django_assert_num_queries(1):
        endings_chart()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "For 1 more no date is on record."),
        ("zh-hant", "另有 1 項沒有日期紀錄。"),
        ("zh-hans", "另有 1 项没有日期记录。"),
    ],
)
def test_home_shows_the_chart_with_a_table(client, hangzhou, language, words):
    end("a", "2020", hangzhou)
    end("b", "", hangzhou)
    page = client.get(f"/{language}/").content.decode()
    assert words in page
    assert page.count('<th scope="row">2020</th><td class="n">1</td>') == 1


def test_home_without_endings_shows_no_chart(client, leeds):
    page = client.get("/en/").content.decode()
    assert "endings-heading" not in page
    assert 'src="/map.svg?lang=en"' in page


def test_endings_without_a_year_are_told_without_a_chart(client, hangzhou):
    end("a", "", hangzhou)
    page = client.get("/en/").content.decode()
    assert "1 agreement has ended; no exact date of it is on record." in page
    assert "<svg" not in page
