"""How many mails an address may be made to get."""

from __future__ import annotations

import pytest
from django.core import mail

from petitions.models import Signature
from petitions.posting import post_received
from tests.conftest import counted_data, make_petition, make_place, work
from tests.petitions.conftest import figures, states


@pytest.fixture
def towns(keys):
    """Seven petitions of different places."""
    names = [f"town-{number}" for number in range(7)]
    for name in names:
        make_petition(make_place(name, council=f"{name} Council"))
    return names


def sign_all(client, slugs, **changes):
    for slug in slugs:
        client.post(f"/en/petitions/{slug}/sign", counted_data(**changes))
    return work()


def test_three_mails_a_petition_while_nobody_confirms(client, leeds_petition):
    done = sign_all(client, ["leeds"] * 5)
    assert done == {"mailed": 3, "capped": 2}
    assert len(mail.outbox) == 3
    assert states() == ["pending"] * 3


def test_the_cap_counts_mailboxes_and_not_spellings(client, leeds_petition):
    for tag in "abcde":
        sign_all(client, ["leeds"], email=f"zoe+{tag}@gmail.com")
    assert len(mail.outbox) == 3


def test_one_address_does_not_use_up_anothers_mails(client, leeds_petition):
    sign_all(client, ["leeds"] * 5)
    sign_all(client, ["leeds"], email="other@example.com")
    assert mail.outbox[-1].to == ["other@example.com"]


def test_five_mails_a_day_over_all_petitions(client, towns):
    assert sign_all(client, towns) == {"mailed": 5, "put off": 2}
    assert len(mail.outbox) == 5
    assert work() == {}


def test_what_was_put_off_is_mailed_the_next_day(client, towns, clock):
    sign_all(client, towns)
    clock(days=1)
    assert work() == {"mailed": 2}
    assert Signature.objects.filter(state="pending").count() == 7


def test_the_last_mail_of_the_day_goes_to_one_of_two(client, towns):
    sign_all(client, towns[:4])
    sign_all(client, towns[4:6])
    assert len(mail.outbox) == 5


def test_after_the_cap_the_first_links_still_confirm(client, leeds_petition, sign):
    first = sign()
    sign_all(client, ["leeds"] * 5)
    client.post(first, {"action": "confirm"})
    assert figures() == (1, 0)
    assert states() == ["confirmed"]


def test_a_worker_takes_a_few_rows_at_a_time(client, leeds_petition):
    for number in range(4):
        client.post("/en/petitions/leeds/sign", counted_data(email=f"{number}@a.org"))
    assert post_received(3) == {"mailed": 3}
    assert states() == ["pending"] * 3 + ["received"]
