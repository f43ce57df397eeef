"""Counters that can be proved, and wordings that cannot be changed after the fact."""

from __future__ import annotations

import datetime

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from petitions.models import (
    DailyTally,
    Petition,
    Signature,
)
from petitions.settling import release_quarantined
from tests.conftest import TODAY, council_data, make_petition, make_place
from tests.petitions.conftest import figures, states


def recount(capsys, *arguments):
    call_command("recount", *arguments)
    return capsys.readouterr().out


# --- recount ---------------------------------------------------------------------------
def test_counters_agree_after_confirming_and_withdrawing(
    client, leeds_petition, confirmed, capsys
):
    confirmed(data=council_data())
    confirmed()
    client.post(confirmed(email="gone@example.com"), {"action": "withdraw"})
    assert figures() == (2, 1)
    assert recount(capsys) == "All counters agree.\n"


def test_a_wrong_counter_is_named_and_fails(leeds_petition, confirmed, capsys):
    confirmed(data=council_data())
    Petition.objects.update(supporters=7, paper=3)
    with pytest.raises(CommandError, match="2 counters disagree"):
        recount(capsys)
    out = capsys.readouterr().out
    assert "leeds: supporters is 7, counted 1" in out
    assert "leeds: paper is 3, counted 0" in out
    assert figures() == (7, 1)


def test_a_wrong_counter_is_set_right(leeds_petition, confirmed, capsys):
    confirmed(data=council_data())
    Petition.objects.update(supporters=7, council_valid=5, paper=3)
    recount(capsys, "--fix")
    assert figures() == (1, 1)
    assert recount(capsys) == "All counters agree.\n"


def test_what_waits_or_is_held_back_is_not_counted(
    leeds_petition, sign, confirmed, capsys
):
    sign()
    confirmed(email="trapped@example.com", website="x")
    assert states() == ["pending", "quarantined"]
    assert figures() == (0, 0)
    assert recount(capsys) == "All counters agree.\n"


def test_a_petition_without_signatures_is_recounted_too(leeds_petition, capsys):
    Petition.objects.update(supporters=2)
    with pytest.raises(CommandError):
        recount(capsys)
    recount(capsys, "--fix")
    assert figures() == (0, 0)


def test_an_organiser_who_saves_a_petition_turns_no_counter_back(
    leeds_petition, confirmed
):
    as_read_by_the_desk = Petition.objects.get()
    confirmed(data=council_data())
    Petition.objects.update(index_nonce=None)
    as_read_by_the_desk.addressee_en = "Changed"
    desk = admin.site.get_model_admin(Petition)
    desk.save_model(None, as_read_by_the_desk, None, change=True)
    assert figures() == (1, 1)
    petition = Petition.objects.get()
    assert (petition.addressee_en, petition.index_nonce) == ("Changed", None)


def test_a_tally_adds_up_over_days(client, leeds_petition, confirmed, clock):
    first = confirmed(data=council_data())
    confirmed()
    clock(days=1)
    client.post(first, {"action": "withdraw"})
    confirmed(email="trapped@example.com", website="x")
    tallies = DailyTally.objects.order_by("day").values_list(
        "confirmed", "withdrawn", "quarantined"
    )
    assert list(tallies) == [(2, 0, 0), (0, 1, 1)]


def test_quarantined_signatures_can_be_released(leeds_petition, confirmed, capsys):
    confirmed(email="a@example.com", website="x")
    confirmed(data=council_data(website="x"))
    assert release_quarantined(leeds_petition) == 2
    assert figures() == (2, 1)
    assert release_quarantined(leeds_petition) == 0
    assert figures() == (2, 1)
    tally = DailyTally.objects.values_list("confirmed", "quarantined", "released")
    assert tally.get() == (0, 2, 2)
    assert recount(capsys) == "All counters agree.\n"


# --- What the database itself refuses ---------------------------------------------------------
def test_one_open_petition_a_place(leeds_petition):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_petition(leeds_petition.place, slug="leeds-again")


def test_valid_signatures_never_exceed_supporters(leeds_petition):
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.update(council_valid=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "world", "country": "GB"},
        {"scope": "country", "country": ""},
        {"scope": "city", "country": ""},
    ],
    ids=str,
)
def test_scope_and_addressee_fit(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_petition(slug="wrong", **wrong)


def test_no_petition_closes_before_it_opens(db):
    place = make_place("early", council="Early Council")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_petition(place, closes_on=TODAY() - datetime.timedelta(days=1))


@pytest.mark.parametrize(
    "left",
    [{"email_encrypted": b"x"}, {"code_digest": b"x"}, {"language": "en"}],
    ids=str,
)
def test_a_confirmed_row_keeps_no_address(leeds_petition, confirmed, left):
    confirmed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(**left)


@pytest.mark.parametrize(
    "left",
    [{"sealed": b"x"}, {"connection": "lives"}, {"council_valid": True}],
    ids=str,
)
def test_a_counted_row_keeps_no_name(leeds_petition, confirmed, left):
    confirmed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(**left)
