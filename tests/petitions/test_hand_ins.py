"""Paper beside the counters, hand-ins and what councils reply."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from petitions.models import CouncilReply, DailyTally, HandIn, PaperBatch, Petition
from tests.conftest import TODAY, council_data
from tests.petitions.conftest import figures


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
    call_command("recount")
    assert capsys.readouterr().out == "All counters agree.\n"


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


@pytest.mark.parametrize(("valid", "told"), [(9, "fewer than 10"), (10, "10")])
def test_fewer_than_ten_valid_ones_are_not_told(client, leeds_petition, valid, told):
    HandIn.objects.create(
        petition=leeds_petition, day=TODAY(), way="post", council_valid=valid
    )
    page = client.get("/en/petitions/leeds/").content.decode()
    assert f"valid for the council: {told}; on paper" in page


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
