"""Supporters by area: from ten up, and no figure that moves because of one person."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions import nightly
from petitions.area_counts import move, renew_area_counts, told_areas
from petitions.models import AreaCount, Petition, Signature
from petitions.models.area_count import FEWEST, STEP, first_wait
from tests.conftest import TODAY, make_place

YESTERDAY = TODAY() - datetime.timedelta(1)
PATH = "/data/petitions/world/areas.csv"


@pytest.fixture(autouse=True)
def _no_luck(monkeypatch):
    """Draw the smallest numbers."""
    monkeypatch.setattr("petitions.models.area_count.secrets.randbelow", lambda n: 0)


@pytest.fixture
def from_area(world_petition):
    """Store so many confirmed signatures from a place."""

    def stored(place, number, day=YESTERDAY, **values):
        Signature.objects.bulk_create(
            Signature(
                petition=world_petition,
                wording=world_petition.wording,
                audience="counted",
                area=place,
                received_on=day,
                confirmed_on=day,
                **{"state": "confirmed", **values},
            )
            for _ in range(number)
        )

    return stored


def told():
    return {
        row.place.slug: row.shown
        for row in told_areas(Petition.objects.get(slug="world"))
    }


def test_from_ten_on_an_area_is_told_rounded_down(from_area, leeds, newcastle):
    from_area(leeds, 14)
    from_area(newcastle, 9)
    assert renew_area_counts(YESTERDAY) == 1
    assert told() == {"leeds": 10}


def test_only_confirmed_signatures_of_closed_days_count(from_area, leeds):
    from_area(leeds, 9)
    from_area(leeds, 5, day=TODAY())
    from_area(leeds, 5, state="quarantined")
    from_area(None, 5)
    renew_area_counts(YESTERDAY)
    assert told() == {}
    renew_area_counts(TODAY())
    assert told() == {"leeds": 10}


def test_a_second_time_on_a_day_changes_nothing(from_area, leeds):
    from_area(leeds, 23)
    assert [renew_area_counts(YESTERDAY) for _ in range(2)] == [1, 0]
    assert told() == {"leeds": 20}


def test_one_who_comes_or_goes_moves_nothing(from_area, leeds):
    """At fifteen, a figure that is rounded alone would fall to ten with one person."""
    from_area(leeds, 15)
    renew_area_counts(YESTERDAY)
    for _ in range(4):
        Signature.objects.first().delete()
        renew_area_counts(YESTERDAY)
        assert told() == {"leeds": 15}
    Signature.objects.first().delete()
    renew_area_counts(YESTERDAY)
    assert told() == {"leeds": 10}


def test_an_area_that_falls_below_ten_is_told_no_more(from_area, leeds):
    from_area(leeds, 12)
    renew_area_counts(YESTERDAY)
    Signature.objects.all().delete()
    renew_area_counts(YESTERDAY)
    assert told() == {}


STEPS = st.lists(st.integers(-30, 30), max_size=60)


@settings(deadline=None)
@given(steps=STEPS, draws=st.randoms())
def test_every_move_is_of_five_people_or_more(steps, draws):
    """Whatever comes and goes night by night, and whatever is drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("petitions.models.area_count.secrets.randbelow", draws.randrange)
        row, people, at_last_move = AreaCount(wait=first_wait()), 0, 0
        for step in steps:
            before, people = row.shown, max(people + step, 0)
            move(row, people, YESTERDAY)
            assert row.shown % STEP == 0
            assert row.shown == 0 or row.shown >= FEWEST
            if row.shown != before:
                assert abs(people - at_last_move) >= STEP
                assert row.shown <= people
                at_last_move = people
            elif row.people == people:
                at_last_move = people
            assert abs(row.people - people) < 2 * FEWEST


def test_the_night_renews_them(from_area, leeds, monkeypatch):
    monkeypatch.setattr(nightly, "all_disagreements", list)
    monkeypatch.setattr(nightly.chain, "last_closed_day", lambda: YESTERDAY)
    from_area(leeds, 10)
    assert nightly.check_night()["figures moved"] == 1
    assert told() == {"leeds": 10}


@pytest.mark.parametrize("number", [1, 3])
def test_the_night_costs_the_same_for_many_areas(
    from_area, number, django_assert_num_queries
):
    for index in range(number):
        from_area(make_place(f"place-{index}"), 10)
    with django_assert_num_queries(6):
        renew_area_counts(YESTERDAY)


def test_they_are_published_as_a_file(client, from_area, leeds, newcastle):
    from_area(leeds, 12)
    from_area(newcastle, 31)
    renew_area_counts(YESTERDAY)
    response = client.get(PATH)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.content.decode().splitlines() == [
        "place,country,supporters,moved_on",
        f"newcastle-upon-tyne,GB,30,{YESTERDAY}",
        f"leeds,GB,10,{YESTERDAY}",
    ]


def test_a_petition_to_one_council_and_a_draft_have_no_areas(
    client, leeds_petition, world_petition
):
    assert client.get("/data/petitions/leeds/areas.csv").status_code == 404
    assert client.get(PATH).status_code == 200
    Petition.objects.update(state="draft")
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_file_takes_two_queries(
    client, from_area, number, django_assert_num_queries
):
    for index in range(number):
        from_area(make_place(f"place-{index}"), 10)
    renew_area_counts(YESTERDAY)
    with django_assert_num_queries(2):
        client.get(PATH)


@pytest.mark.parametrize(
    ("language", "name", "heading"),
    [
        ("en", "Leeds", "Supporters by area"),
        ("zh-hant", "列斯", "各地區的支持人數"),
        ("zh-hans", "利兹", "各地区的支持人数"),
    ],
)
def test_the_page_shows_them(client, from_area, leeds, language, name, heading):
    from_area(leeds, 33)
    renew_area_counts(YESTERDAY)
    Petition.objects.filter(slug="world").update(supporters=33)
    page = client.get(f"/{language}/petitions/world/").content.decode()
    assert heading in page
    assert f'{name}</a></th><td class="n">30</td>' in page
    assert PATH in page


def test_a_page_that_hides_its_figures_hides_areas_too(client, from_area, leeds):
    from_area(leeds, 24)
    renew_area_counts(YESTERDAY)
    Petition.objects.filter(slug="world").update(supporters=24)
    assert (
        "Supporters by area" not in client.get("/en/petitions/world/").content.decode()
    )
