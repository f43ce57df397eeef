"""Somebody signs first, with a victim's address and a name of their choice."""

from __future__ import annotations

import pytest
from django.core import mail

from petitions.models import Signature
from safety.sealing import open_sealed
from tests.conftest import council_data, counted_data, work
from tests.petitions.conftest import figures, link_of, states
from tests.petitions.test_mail_caps import sign_all, towns

__all__ = ["towns"]
VICTIM = "zoe@example.com"


def attempt(client, data):
    """Sign with the victim's address; return the link that was mailed."""
    before = len(mail.outbox)
    client.post("/en/petitions/leeds/sign", {**data, "email": VICTIM})
    work()
    return link_of(mail.outbox[before])


@pytest.mark.drill(
    "hijack", "what the victim confirms is the victim's; other links are dead"
)
@pytest.mark.parametrize("own", ["council", "counted"])
def test_a_first_signature_by_another_changes_nothing(
    client, leeds_petition, keys, found, own
):
    make = council_data if own == "council" else counted_data
    theirs = attempt(client, council_data(name="Impostor", postcode="LS9 9AA"))
    mine = attempt(client, make())
    late = attempt(client, council_data(name="Impostor again"))
    client.post("/en/petitions/leeds/sign", council_data(name="Eve", email=VICTIM))
    assert client.post(mine, {"action": "confirm"}).context["step"] == "done"
    dead = [
        client.post(path, {"action": "confirm"}).status_code for path in (theirs, late)
    ]
    work()
    row = Signature.objects.get()
    found(f"{own}: confirmed as {row.audience}, others {dead}, figures {figures()}")
    assert (dead, states(), row.audience) == ([404, 404], ["confirmed"], own)
    if own == "council":
        record = open_sealed(bytes(row.sealed), keys[0], "petition:leeds")
        assert record["name"] == council_data()["name"]
    else:
        assert row.sealed is None


@pytest.mark.drill(
    "hijack, mails", "at most 3 a petition and 5 a day, however many sign"
)
def test_a_victim_gets_few_mails(client, towns, clock, found):
    sign_all(client, [*towns, *towns], email=VICTIM)
    first = len(mail.outbox)
    for _ in range(2):
        clock(days=1)
        sign_all(client, towns, email=VICTIM)
    days = len(mail.outbox) - first
    per_petition = [sum(s == "pending" for s in states(slug)) for slug in towns]
    found(
        f"{first} on the first day, {days} on two more, {max(per_petition)} a petition"
    )
    assert first == 5
    assert days <= 10
    assert max(per_petition) <= 3
