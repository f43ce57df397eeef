"""Many at once: what counts is exact, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import close_old_connections, connection, connections
from django.test import Client

from petitions.links import token_of
from petitions.models import DailyTally, Petition, Signature
from petitions.posting import Post, post_received, post_signature
from petitions.settling import Outcome, confirm, withdraw
from tests.conftest import counted_data
from tests.petitions.conftest import figures, states

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def in_threads(pieces):
    """Run pieces of work in eight threads; return what came of each, in order."""

    def one(piece):
        close_old_connections()
        try:
            return piece()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [task.result() for task in [pool.submit(one, p) for p in pieces]]


def press(path):
    return Client().post(path, {"action": "confirm"}).status_code


def attempts_of_one_address(petition, number=2):
    """Store several pending attempts of one address; return their keys."""
    return [
        Signature.objects.create(
            petition=petition,
            wording=petition.wording,
            state="pending",
            audience="counted",
            blind_index=b"one and the same",
            language="en",
            received_on=petition.opens_on,
            mailed_on=petition.opens_on,
        ).pk
        for _ in range(number)
    ]


@pytest.mark.parametrize("_try", range(10))
def test_two_attempts_confirmed_at_once_count_once(leeds_petition, at_once, _try):
    keys = attempts_of_one_address(leeds_petition)
    left = list(keys)
    outcomes = at_once(2, lambda: confirm(left.pop()))
    assert outcomes.count(Outcome.CONFIRMED) == 1
    assert (states(), figures()) == (["confirmed"], (1, 0))


def test_eight_attempts_pressed_at_once_never_fail(leeds_petition, at_once):
    keys = attempts_of_one_address(leeds_petition, THREADS)
    paths = [f"/en/s/{token_of(row)}/" for row in Signature.objects.filter(pk__in=keys)]
    answers = at_once(THREADS, lambda: press(paths.pop()))
    assert set(answers) <= {200, 404}
    assert (states(), figures()) == (["confirmed"], (1, 0))


def test_one_link_pressed_by_many_counts_once(leeds_petition, at_once):
    (key,) = attempts_of_one_address(leeds_petition, 1)
    outcomes = at_once(THREADS, lambda: confirm(key))
    assert outcomes.count(Outcome.CONFIRMED) == 1
    assert outcomes.count(Outcome.ALREADY) == THREADS - 1
    assert figures() == (1, 0)


def test_withdrawn_by_many_it_is_taken_away_once(leeds_petition, at_once):
    (key,) = attempts_of_one_address(leeds_petition, 1)
    confirm(key)
    assert sorted(at_once(THREADS, lambda: withdraw(key))) == [False] * 7 + [True]
    assert figures() == (0, 0)
    assert DailyTally.objects.get().withdrawn == 1


def test_confirmed_and_withdrawn_at_once_the_counters_stay_true(
    leeds_petition, at_once
):
    for _ in range(5):
        (key,) = attempts_of_one_address(leeds_petition, 1)
        verbs = [confirm, withdraw] * 4
        at_once(THREADS, lambda k=key, v=verbs: v.pop()(k))
        assert Signature.objects.count() == 0
        call_command("recount")


def test_many_workers_mail_each_row_once(leeds_petition, at_once):
    for number in range(24):
        Client().post(
            "/en/petitions/leeds/sign", counted_data(email=f"{number}@example.com")
        )
    at_once(THREADS, lambda: post_received(3))
    assert len(mail.outbox) == len({message.to[0] for message in mail.outbox}) == 24
    assert states() == ["pending"] * 24


def test_a_confirmation_while_the_worker_has_the_row_is_kept(leeds_petition):
    Client().post("/en/petitions/leeds/sign", counted_data())
    in_hand = Signature.objects.get()
    post_received()
    confirm(in_hand.pk)
    in_hand.refresh_from_db()
    in_hand.state, in_hand.email_encrypted = "received", None
    post_signature(Post(), in_hand)
    assert (states(), figures()) == (["confirmed"], (1, 0))


def test_many_petitions_at_once_each_count_their_own(leeds_petition, world_petition):
    def flow(number):
        slug = ("leeds", "world")[number % 2]
        petition = Petition.objects.get(slug=slug)
        row = Signature.objects.create(
            petition=petition,
            wording=petition.wording,
            state="pending",
            audience="counted",
            blind_index=f"address {number:8}".encode(),
            received_on=petition.opens_on,
        )
        return confirm(row.pk)

    outcomes = in_threads([lambda n=number: flow(n) for number in range(80)])
    assert set(outcomes) == {Outcome.CONFIRMED}
    assert (figures("leeds"), figures("world")) == ((40, 0), (40, 0))
    call_command("recount")


def test_the_test_database_is_a_file_that_threads_can_share():
    assert ":memory:" not in str(connection.settings_dict["NAME"])
