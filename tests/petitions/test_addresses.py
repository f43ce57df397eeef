"""E-mail addresses that people type, and what mail then goes where."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st

from detwin.mail import compose
from safety.mailboxes import is_valid
from tests.conftest import counted_data, work
from tests.petitions.conftest import LANGUAGES, assert_sent_back

TAKEN = {
    "zoe@example.com": "zoe@example.com",
    "  zoe@example.com ": "zoe@example.com",
    "ZOE@EXAMPLE.COM": "ZOE@example.com",
    "zoe+twins@example.com": "zoe+twins@example.com",
    "wong@例子.香港": "wong@xn--fsqu00a.xn--j6w193g",
    "müller@müller.de".replace("müller@", "mueller@"): "mueller@xn--mller-kva.de",
    '"john.doe"@example.com': '"john.doe"@example.com',
    "o'brien@example.com": "o'brien@example.com",
    "ｚｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ": "zoe@example.com",
    "x" * 242 + "@example.com": "x" * 242 + "@example.com",
}
REFUSED = [
    "",
    "   ",
    "zoe",
    "zoe@",
    "@example.com",
    "zoe@localhost",
    "zoe@[127.0.0.1]",
    "zoe@exa mple.com",
    "zoe@example.com, eve@example.com",
    "zoe@example.com\r\nBcc: eve@example.com",
    "zoe\n@example.com",
    "zoe@example.com\0",
    '"zoe\r\n"@example.com',
    '"z oe"@example.com',
    "小明@example.com",
    "Zoe <zoe@example.com>",
    "x" * 300 + "@example.com",
    "x" * 243 + "@example.com",
    "zoe@example..com",
    "zoe@-example.com",
    "zoe\u202e@example.com",
    "😀@😀.com",
]


@pytest.mark.parametrize(("typed", "mailed"), TAKEN.items(), ids=ascii)
def test_a_usable_address_is_mailed(client, leeds_petition, typed, mailed):
    answer = client.post("/en/petitions/leeds/sign", counted_data(email=typed))
    assert answer.status_code == 303
    assert work() == {"mailed": 1}
    assert mail.outbox[0].to == [mailed]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", REFUSED, ids=lambda typed: ascii(typed)[:30])
def test_an_unusable_address_is_answered_in_words(
    client, leeds_petition, language, typed
):
    data = counted_data(email=typed)
    response = client.post(f"/{language}/petitions/leeds/sign", data)
    assert_sent_back(response, language, "email")
    assert response.context["form"]["audience"].value() == "counted"


def test_a_mail_reaches_one_mailbox_only(client, leeds_petition):
    typed = '"a,b"@example.com'
    client.post("/en/petitions/leeds/sign", counted_data(email=typed))
    work()
    for message in mail.outbox:
        assert message.recipients() == [typed]
        assert addresses_in(message) == [typed]


def addresses_in(message):
    parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    return [address.addr_spec for address in parsed["To"].addresses]


MAILBOX_TEXT = st.text(
    alphabet="aZ9.!#$%&'*+/=?^_`{|}~-\"\\,;:<>()@[] é例", max_size=20
)


@settings(max_examples=500, deadline=None)
@given(local=MAILBOX_TEXT, domain=st.sampled_from(["a.org", "例子.com", "x-y.co.uk"]))
def test_every_address_that_is_taken_makes_a_mail_to_it_alone(local, domain):
    typed = f"{local}@{domain}"
    if typed.isascii() and _taken_without_database(typed):
        message = compose("already", typed, "en", {})
        assert len(addresses_in(message)) == 1
        assert message.message().as_bytes()


def _taken_without_database(typed):
    return is_valid(typed)
