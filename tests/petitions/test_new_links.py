"""“Send me my link again”: the same answer whether the address has signed or not."""

from __future__ import annotations

import pytest
from django.core import mail

from petitions.models import Signature
from safety.models import OutgoingMail
from tests.conftest import council_data, counted_data, token_in, work
from tests.petitions.conftest import (
    LANGUAGES,
    figures,
    states,
    without_random,
)
from tests.petitions.leaks import every_column, leaked


def ask(client, email="zoe@example.com", slug="leeds", language="en"):
    return client.post(f"/{language}/petitions/{slug}/link", {"email": email})


@pytest.mark.parametrize("language", LANGUAGES)
def test_known_and_unknown_addresses_get_the_same_answer(
    client, leeds_petition, confirmed, language
):
    confirmed()
    confirmed(email="suspect@example.com", website="x")
    client.post("/en/petitions/leeds/sign", counted_data(email="new@example.com"))
    known = ask(client, language=language)
    assert (known.status_code, known["Content-Language"]) == (200, language)
    for other in ("suspect@example.com", "new@example.com", "nobody@example.com"):
        assert without_random(ask(client, other, language=language)) == (
            without_random(known)
        )
    assert "zoe" not in known.content.decode()


def test_asking_costs_the_same_for_known_and_unknown(
    client, leeds_petition, confirmed, django_assert_num_queries
):
    confirmed()
    for email in ("zoe@example.com", "nobody@example.com"):
        with django_assert_num_queries(2):
            ask(client, email)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signer_gets_a_link_to_manage_in_the_language_of_the_page(
    client, leeds_petition, confirmed, language
):
    confirmed()
    ask(client, language=language)
    assert work() == {"link mailed": 1}
    message = mail.outbox[-1]
    assert message.to == ["zoe@example.com"]
    assert token_in(message).startswith(f"/{language}/s/")
    assert client.get(token_in(message)).context["step"] == "manage"


def test_the_new_link_withdraws(client, leeds_petition, confirmed):
    confirmed()
    ask(client, "ZOE@EXAMPLE.COM")
    work()
    client.post(token_in(mail.outbox[-1]), {"action": "withdraw"})
    assert (figures(), states()) == ((0, 0), [])


def test_somebody_who_has_not_signed_gets_no_mail(client, leeds_petition, confirmed):
    confirmed()
    before = len(mail.outbox)
    ask(client, "nobody@example.com")
    assert work() == {"no signature": 1}
    assert len(mail.outbox) == before
    assert not OutgoingMail.objects.exists()


def test_who_has_not_confirmed_yet_gets_the_link_to_confirm(
    client, leeds_petition, sign
):
    sign(data=council_data())
    ask(client, "siuming@example.com")
    work()
    path = token_in(mail.outbox[-1])
    assert client.get(path).context["step"] == "confirm"
    client.post(path, {"action": "confirm"})
    assert figures() == (1, 1)


def test_no_link_is_sent_while_it_is_unclear_whose_attempt_is_meant(
    client, leeds_petition, sign
):
    sign(data=council_data(name="Somebody Else", email="zoe@example.com"))
    sign()
    before = len(mail.outbox)
    ask(client)
    assert work() == {"no signature": 1}
    assert len(mail.outbox) == before


def test_the_queue_names_nobody(client, leeds_petition, confirmed):
    confirmed()
    ask(client)
    assert OutgoingMail.objects.count() == 1
    assert leaked(["zoe@example.com"], every_column()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "email", ["", "zoe", "a\r\nb@example.com", "x" * 300 + "@a.org"]
)
def test_an_unusable_address_is_answered_in_words(
    client, leeds_petition, language, email
):
    response = ask(client, email, language=language)
    assert (response.status_code, response["Content-Language"]) == (422, language)
    assert response.context["link_form"].errors["email"][0] in response.content.decode()
    assert not OutgoingMail.objects.exists()


def test_an_address_gets_five_mails_a_day_at_most(client, leeds_petition, confirmed):
    confirmed()
    for _ in range(6):
        ask(client)
        work()
    assert len(mail.outbox) == 5
    assert not OutgoingMail.objects.exists()


def test_asking_too_often_is_refused(client, leeds_petition, settings):
    settings.THROTTLE_SCALE = 0.1
    answers = [ask(client, f"{number}@example.com") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert OutgoingMail.objects.count() == 2


def test_a_handed_in_petition_sends_no_links(client, leeds_petition, confirmed):
    confirmed()
    leeds_petition.hand_in(leeds_petition.opens_on)
    ask(client)
    assert work() == {"no signature": 1}
    assert Signature.objects.count() == 1
