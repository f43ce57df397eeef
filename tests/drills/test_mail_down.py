"""The relay refuses connections for an hour, by a clock that is moved."""

from __future__ import annotations

import logging
from collections import Counter

import pytest

from petitions.models import Signature
from petitions.posting import post_links, post_received
from tests.conftest import counted_data
from tests.drills.relay import Relay
from tests.drills.sites import free_port
from tests.petitions.leaks import leaked

SIGNERS = 60
ROUND_SECONDS = 5
LONGEST_ROUNDS = 600 // ROUND_SECONDS


@pytest.fixture
def port(settings):
    """The site mails to this port, where nobody listens yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    return settings.EMAIL_PORT


def address(number):
    return f"zqwaiting.{number}@example.org"


def work():
    """Do one round of the worker."""
    post_received()
    post_links()


@pytest.mark.drill(
    "mail down",
    "an hour: all sign, all mailed within 10 minutes of its return, ≤ 1 % twice, no address logged",
)
def test_an_hour_without_a_relay_costs_nobody_a_signature(
    client, leeds_petition, port, clock, caplog, found
):
    caplog.set_level(logging.DEBUG)
    taken = 0
    for minute in range(60):
        for number in range(minute, SIGNERS, 60):
            data = counted_data(email=address(number))
            taken += client.post("/en/petitions/leeds/sign", data).status_code == 303
        work()
        clock(minutes=1)
    with Relay(port) as relay:
        rounds = 0
        while (
            Signature.objects.filter(state="received").exists()
            and rounds < LONGEST_ROUNDS
        ):
            work()
            clock(seconds=ROUND_SECONDS)
            rounds += 1
        mails = Counter(mail["To"] for mail in relay.mails)
    twice = sum(mails.values()) - len(mails)
    logged = leaked(["zqwaiting"], caplog.text.encode())
    found(
        f"{taken} of {SIGNERS} signed, {len(mails)} mailed after "
        f"{rounds * ROUND_SECONDS / 60:.1f} minutes, {twice} twice, {len(logged)} logged"
    )
    assert (taken, len(mails)) == (SIGNERS, SIGNERS)
    assert twice <= SIGNERS / 100
    assert logged == []
