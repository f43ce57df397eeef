"""Valid for the council, as told: from ten, at night, never moved by one person."""

from __future__ import annotations

import datetime
from importlib import import_module

import pytest
from django.apps import apps

from petitions import nightly
from petitions.models import Petition, Signature
from petitions.valid_counts import renew_valid_counts, told_valid
from tests.conftest import TODAY, council_data, make_petition, make_place

YESTERDAY = TODAY() - datetime.timedelta(1)


@pytest.fixture(autouse=True)
def _no_luck(monkeypatch):
    """Draw the smallest numbers."""
    monkeypatch.setattr("petitions.models.area_count.secrets.randbelow", lambda n: 0)


def store(petition, number, day=YESTERDAY, **values):
    """Store so many confirmed signatures that are valid for the council."""
    Signature.objects.bulk_create(
        Signature(
            petition=petition,
            wording=petition.wording,
            received_on=day,
            confirmed_on=day,
            **{
                "state": "confirmed",
                "audience": "council",
                "council_valid": True,
                **values,
            },
        )
        for _ in range(number)
    )


def told(petition):
    return told_valid(Petition.objects.get(pk=petition.pk))


def test_from_ten_on_it_is_told_exactly(leeds_petition, sheffield_petition):
    store(leeds_petition, 13)
    store(sheffield_petition, 9)
    assert renew_valid_counts(YESTERDAY) == 1
    assert (told(leeds_petition), told(sheffield_petition)) == (13, None)


def test_only_valid_signatures_of_closed_days_count(leeds_petition):
    store(leeds_petition, 9)
    store(leeds_petition, 5, state="quarantined")
    store(leeds_petition, 5, council_valid=False)
    store(leeds_petition, 1, day=TODAY())
    renew_valid_counts(YESTERDAY)
    assert told(leeds_petition) is None
    renew_valid_counts(TODAY())
    assert told(leeds_petition) == 10


def test_one_who_comes_or_goes_moves_nothing(leeds_petition):
    store(leeds_petition, 20)
    renew_valid_counts(YESTERDAY)
    for _ in range(4):
        store(leeds_petition, 1)
        assert renew_valid_counts(YESTERDAY) == 0
        assert told(leeds_petition) == 20
    store(leeds_petition, 1)
    assert renew_valid_counts(YESTERDAY) == 1
    assert told(leeds_petition) == 25


def test_the_same_downwards_and_below_ten_it_is_told_no_more(leeds_petition):
    store(leeds_petition, 12)
    renew_valid_counts(YESTERDAY)
    for _ in range(4):
        Signature.objects.first().delete()
        renew_valid_counts(YESTERDAY)
        assert told(leeds_petition) == 12
    Signature.objects.first().delete()
    renew_valid_counts(YESTERDAY)
    assert told(leeds_petition) is None


def test_a_second_time_on_a_day_changes_nothing(leeds_petition):
    store(leeds_petition, 23)
    assert [renew_valid_counts(YESTERDAY) for _ in range(2)] == [1, 0]


def test_the_night_renews_them(leeds_petition, monkeypatch):
    monkeypatch.setattr(nightly, "all_disagreements", list)
    monkeypatch.setattr(nightly.chain, "last_closed_day", lambda: YESTERDAY)
    store(leeds_petition, 10)
    assert nightly.check_night()["figures moved"] == 1
    assert told(leeds_petition) == 10


@pytest.mark.parametrize("number", [1, 4])
def test_the_night_asks_twice_however_many_petitions_there_are(
    number, keys, django_assert_num_queries
):
    for index in range(number):
        store(make_petition(make_place(f"place-{index}")), 3)
    with django_assert_num_queries(4):  # two of them begin and end the transaction
        renew_valid_counts(YESTERDAY)


def test_somebody_who_confirms_moves_the_counter_and_not_what_is_told(
    client, leeds_petition, confirmed
):
    store(leeds_petition, 30)
    Petition.objects.update(supporters=30, council_valid=30)
    renew_valid_counts(YESTERDAY)
    confirmed(data=council_data())
    leeds_petition.refresh_from_db()
    assert (leeds_petition.supporters, leeds_petition.council_valid) == (31, 31)
    page = client.get("/en/petitions/leeds/").content.decode()
    assert "<b>31</b> supporters" in page
    assert "<b>30</b> valid for the council" in page
    (row,) = client.get("/data/petitions.json").json()["petitions"]
    assert (row["supporters"], row["council_valid"]) == (31, 30)


def test_a_site_that_is_updated_goes_on_from_what_it_told(
    leeds_petition, sheffield_petition
):
    Petition.objects.filter(pk=leeds_petition.pk).update(
        supporters=40, council_valid=12
    )
    Petition.objects.filter(pk=sheffield_petition.pk).update(
        supporters=40, council_valid=9
    )
    migration = import_module("petitions.migrations.0008_council_valid_told")
    migration.go_on_from_what_was_told(apps, None)
    assert (told(leeds_petition), told(sheffield_petition)) == (12, None)
