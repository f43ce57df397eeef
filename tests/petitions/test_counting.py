"""Counters that can be proved, and wordings that cannot be changed after the fact."""

from __future__ import annotations

import datetime

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from petitions.models import (
    CouncilReply,
    DailyTally,
    HandIn,
    PaperBatch,
    Petition,
    Signature,
    Wording,
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
    assert recount(capsys) == "All counters agree.\n"


# --- Paper ----------------------------------------------------------------------------
@pytest.fixture
def two_organisers(django_user_model):
    return [django_user_model.objects.create(username=name) for name in ("a", "b")]


@pytest.fixture
def batch(leeds_petition, two_organisers):
    return PaperBatch.objects.create(
        petition=leeds_petition,
        collected_on=TODAY(),
        lines=30,
        struck_out=4,
        entered_by=two_organisers[0],
    )


def paper():
    return Petition.objects.values_list("paper", flat=True).get(slug="leeds")


def test_paper_counts_when_a_second_person_has_checked_it(batch, two_organisers):
    assert paper() == 0
    assert batch.check_by(two_organisers[1], TODAY())
    assert paper() == 26
    assert figures() == (0, 0)
    assert DailyTally.objects.get().paper == 26


def test_nobody_checks_their_own_batch(batch, two_organisers):
    assert not batch.check_by(two_organisers[0], TODAY())
    assert paper() == 0


def test_a_batch_counts_once(batch, two_organisers, capsys):
    again = PaperBatch.objects.get()
    assert batch.check_by(two_organisers[1], TODAY())
    assert not again.check_by(two_organisers[1], TODAY())
    assert paper() == 26
    assert recount(capsys) == "All counters agree.\n"


def test_no_more_can_be_struck_out_than_there_is(batch):
    batch.struck_out = 31
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.save()


# --- Hand-ins and replies ------------------------------------------------------------------
def test_a_hand_in_keeps_the_figures_of_its_day(client, leeds_petition, confirmed):
    path = confirmed(data=council_data())
    confirmed()
    client.post(path, {"action": "withdraw"})
    leeds_petition.refresh_from_db()
    HandIn(petition=leeds_petition, day=TODAY(), way="meeting").record()
    hand_in = HandIn.objects.get()
    assert (hand_in.supporters, hand_in.council_valid, hand_in.paper) == (1, 0, 0)
    petition = Petition.objects.get()
    assert (petition.state, petition.handed_in_on) == ("handed_in", TODAY())
    assert petition.index_nonce is None


def test_nothing_is_handed_in_while_people_can_still_confirm(leeds_petition, clock):
    hand_in = HandIn(petition=leeds_petition, day=TODAY(), way="post")
    with pytest.raises(ValidationError, match="three days"):
        hand_in.clean()
    leeds_petition.close(leeds_petition.opens_on)
    with pytest.raises(ValidationError, match="three days"):
        hand_in.clean()
    clock(days=4)
    hand_in.clean()


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("won", "won"), ("partly", "answered"), ("refused", "refused")],
)
def test_a_reply_moves_the_petition_on(leeds_petition, outcome, state):
    hand_in = HandIn(petition=leeds_petition, day=TODAY(), way="meeting")
    hand_in.record()
    reply = CouncilReply.objects.create(
        hand_in=hand_in, day=TODAY(), outcome=outcome, words_en="We agree."
    )
    reply.settle()
    assert Petition.objects.get().state == state


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_a_reply_stands_on_the_petitions_page(client, leeds_petition, language):
    hand_in = HandIn(petition=leeds_petition, day=TODAY(), way="meeting")
    hand_in.record()
    words = {f"words_{code}": f"Reply {code}" for code in ("en", "zh_hant", "zh_hans")}
    CouncilReply.objects.create(
        hand_in=hand_in,
        day=TODAY(),
        outcome="won",
        source="https://example.org/minutes",
        **words,
    ).settle()
    page = client.get(f"/{language}/petitions/leeds/").content.decode()
    assert words[f"words_{language.replace('-', '_')}"] in page
    assert "https://example.org/minutes" in page


# --- Wordings -----------------------------------------------------------------------------
def test_a_wording_can_be_mended_until_somebody_signs(leeds_petition):
    wording = leeds_petition.wording
    wording.title_en = "Mended"
    wording.save()
    assert Wording.objects.get().title_en == "Mended"


@pytest.mark.parametrize(
    "field", ["title_en", "ask_zh_hant", "body_zh_hans", "council_text"]
)
def test_a_wording_is_frozen_once_signed(leeds_petition, sign, field):
    sign()
    wording = Wording.objects.get()
    before = getattr(wording, field)
    setattr(wording, field, "Something else")
    with pytest.raises(ValidationError) as caught:
        wording.save()
    assert caught.value.code == "frozen"
    assert getattr(Wording.objects.get(), field) == before


def test_a_signed_wording_can_be_saved_unchanged(leeds_petition, sign):
    sign()
    Wording.objects.get().save()


def test_a_new_number_stands_beside_the_signed_one(leeds_petition, sign):
    sign()
    Wording.objects.create(petition=leeds_petition, number=2, title_en="Second")
    assert Petition.objects.get().wording.number == 2
    assert Signature.objects.get().wording.number == 1


def test_a_number_stands_once(leeds_petition):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.create(petition=leeds_petition, number=1)


def test_the_digest_covers_every_language(leeds_petition):
    digests = {leeds_petition.wording.sha256}
    for field in ("title_en", "ask_zh_hant", "body_zh_hans", "council_text"):
        wording = Wording.objects.get()
        setattr(wording, field, f"changed {field}")
        wording.save()
        digests.add(wording.sha256)
    assert len(digests) == 5


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
