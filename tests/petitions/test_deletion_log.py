"""The public log of deletions: numbers, and never of fewer than ten people."""

from __future__ import annotations

import datetime

import pytest

from petitions.models import Deletion
from petitions.purging import purge
from tests.conftest import TODAY, council_data
from tests.petitions.conftest import LANGUAGES


def day(ago):
    return TODAY() - datetime.timedelta(ago)


def file(client):
    return client.get("/data/deletions.csv").content.decode().splitlines()[1:]


def noted():
    return dict(Deletion.objects.values_list("what", "number"))


@pytest.mark.django_db(transaction=True)
def test_what_the_purge_deletes_is_noted_once(leeds_petition, sign, clock):
    sign()
    sign(email="b@example.com")
    clock(days=3)
    purge()
    purge()
    assert noted()["unconfirmed"] == 2


@pytest.mark.django_db(transaction=True)
def test_an_emptied_petition_is_noted(leeds_petition, confirmed, sign, clock):
    confirmed(data=council_data())
    confirmed()
    leeds_petition.hand_in(TODAY())
    clock(days=31)
    purge()
    kinds = noted()
    assert (kinds["sealed"], kinds["index"]) == (1, 2)


def test_days_are_put_together_until_ten_were_deleted(client, db):
    for ago, number in ((5, 4), (4, 6), (3, 9), (0, 50)):
        Deletion.note(day(ago), unconfirmed=number)
    Deletion.note(day(2), day_keys=1)
    assert file(client) == [
        f"{day(2)},{day(2)},day_keys,1",
        f"{day(5)},{day(4)},unconfirmed,10",
    ]


def test_noting_twice_on_a_day_adds_up(db):
    Deletion.note(day(1), mails=4)
    Deletion.note(day(1), mails=3, reports=0)
    assert noted() == {"mails": 7}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_one_query(
    client, db, language, rows, django_assert_num_queries
):
    for ago in range(1, rows + 1):
        Deletion.note(day(ago), sealed=11)
    with django_assert_num_queries(1):
        page = client.get(f"/{language}/trust/deletions/").content.decode()
    assert page.count('<td class="n">11</td>') == rows
