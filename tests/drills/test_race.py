"""Everybody at once, each person in several ways: each counts once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import Q
from django.test import Client

from petitions.models import DailyTally, Signature
from petitions.posting import post_received
from safety.models import MailDomain
from tests.conftest import council_data, counted_data, token_in
from tests.petitions.conftest import figures, states
from tests.petitions.test_races import THREADS, in_threads, press

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = 40
UNTOUCHED = Q(state="received", tries=0)


def sign_as(number):
    """Sign in one of the ways that one person may: for the council, counted, again."""
    data = council_data() if number % 2 else counted_data()
    address = f"signer.{number % ADDRESSES}@gmail.com"
    data["email"] = address.upper() if number % 3 else address
    answer = Client().post("/en/petitions/leeds/sign", data)
    assert answer.status_code == 303


def work_until_done(stop):
    """Work until all have signed and nothing can be taken; what is put off stays."""
    while not stop.is_set() or Signature.objects.filter(UNTOUCHED).exists():
        if not post_received(5):
            time.sleep(0.02)  # As a worker rests; SQLite is fair to nobody.


@pytest.mark.drill("race", "8 threads × 40 addresses: 40 signatures, 40 counted")
def test_eight_threads_of_forty_addresses_make_forty_supporters(leeds_petition, found):
    MailDomain.objects.get_or_create(
        domain="gmail.com", defaults={"strip_plus": True, "strip_dots": True}
    )
    signed = threading.Event()

    def sign_all(thread):
        for number in range(ADDRESSES):
            sign_as(thread * (ADDRESSES + 1) + number)

    workers = [lambda: work_until_done(signed)] * 3
    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(in_threads, [worker]) for worker in workers]
        try:
            in_threads([lambda t=thread: sign_all(t) for thread in range(THREADS)])
        finally:
            signed.set()  # Or the workers would go on for ever.
        for task in working:
            task.result()
    assert not Signature.objects.filter(state="received").exists()
    paths = [token_in(message) for message in mail.outbox if "/s/" in message.body]
    answers = in_threads([lambda p=path: press(p) for path in paths])
    tallied = sum(DailyTally.objects.values_list("confirmed", flat=True))
    rows = len(states())
    found(f"{rows} signatures, {figures()[0]} counted, {tallied} in the tally")
    assert set(answers) <= {200, 404}
    assert states() == ["confirmed"] * ADDRESSES
    assert figures()[0] == ADDRESSES
    assert tallied == ADDRESSES
    call_command("recount")
