"""Daily figures are published in lines of at least ten changes."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from petitions.chain import close_days
from petitions.models import DailyTally
from petitions.public_tally import merged_lines

FIRST = datetime.date(2026, 11, 1)
NAMES = ("confirmed", "withdrawn", "quarantined", "paper")
CHANGES = st.lists(st.tuples(*[st.integers(0, 15)] * 4), max_size=30)


def days(changes):
    return [
        SimpleNamespace(
            day=FIRST + datetime.timedelta(number),
            **dict(zip(NAMES, numbers, strict=True)),
            removed=0,
            released=0,
        )
        for number, numbers in enumerate(changes)
    ]


def test_days_are_merged_until_ten_signatures_have_changed():
    lines = merged_lines(
        days([(9, 0, 0, 0), (0, 1, 0, 0), (10, 0, 0, 0), (9, 0, 0, 0)])
    )
    assert [(line.first_day.day, line.last_day.day) for line in lines] == [
        (1, 2),
        (3, 3),
    ]
    assert (lines[0].confirmed, lines[0].withdrawn) == (9, 1)


def test_a_sheet_of_paper_uncovers_nobody():
    assert merged_lines(days([(1, 0, 0, 50)])) == []


@given(CHANGES)
def test_no_line_holds_fewer_than_ten_and_nothing_is_lost_between(changes):
    tallies = days(changes)
    lines = merged_lines(tallies)
    assert all(line.changes >= 10 for line in lines)
    last = lines[-1].last_day if lines else FIRST - datetime.timedelta(1)
    for name in NAMES:
        published = sum(getattr(line, name) for line in lines)
        assert published == sum(getattr(t, name) for t in tallies if t.day <= last)


def test_the_file_leaves_out_today(client, leeds_petition):
    today = timezone.now().date()
    for ago, confirmed in ((3, 12), (1, 3), (0, 40)):
        day = today - datetime.timedelta(ago)
        DailyTally.objects.create(petition=leeds_petition, day=day, confirmed=confirmed)
    close_days()
    check = DailyTally.objects.order_by("day").first().hash
    response = client.get("/data/petitions/leeds/daily.csv")
    day = today - datetime.timedelta(3)
    assert response.content.decode().splitlines() == [
        "first_day,last_day,confirmed,withdrawn,quarantined,removed,released,paper,check",
        f"{day},{day},12,0,0,0,0,0,{check}",
    ]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_draft_has_no_file(client, leeds_petition):
    leeds_petition.state = "draft"
    leeds_petition.save()
    assert client.get("/data/petitions/leeds/daily.csv").status_code == 404
