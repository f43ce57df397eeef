"""The same address again: it looks the same, and changes nothing."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from petitions.models import Signature
from tests.conftest import council_data, counted_data, work
from tests.petitions.conftest import (
    LANGUAGES,
    figures,
    link_of,
    states,
    without_random,
)
from tests.petitions.leaks import every_column

SAME_MAILBOX = [
    ("zoe@example.com", "ZOE@EXAMPLE.COM"),
    ("ab@gmail.com", "a.b+x@gmail.com"),
    ("a.b@googlemail.com", "AB@gmail.com"),
    ("zoe@xn--fsqu00a.com", "Zoe@例子.com"),
    ("zoe@example.com", "ｚｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
]
OTHER_MAILBOX = [
    ("zoe@example.com", "zoe+x@example.com"),
    ("ab@example.com", "a.b@example.com"),
    ("ab@gmail.com", "ab@example.com"),
]


@pytest.mark.parametrize(("first", "again"), SAME_MAILBOX)
def test_one_mailbox_counts_once_however_it_is_spelt(
    client, leeds_petition, confirmed, mail_to, first, again
):
    confirmed(email=first)
    message = mail_to(email=again)
    assert link_of(message) is None
    assert states() == ["confirmed"]
    assert figures() == (1, 0)


@pytest.mark.parametrize(("first", "other"), OTHER_MAILBOX)
def test_what_may_be_another_persons_mailbox_counts_too(
    leeds_petition, confirmed, first, other
):
    confirmed(email=first)
    confirmed(email=other)
    assert figures() == (2, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_again_looks_like_signing_once(
    client, leeds_petition, confirmed, language
):
    confirmed(email="ab@gmail.com")
    answers = [
        client.post(f"/{language}/petitions/leeds/sign", counted_data(email=email))
        for email in ("new@example.com", "AB@gmail.com", "a.b+x@gmail.com")
    ]
    pages = [client.get(answer["Location"]) for answer in answers]
    assert len({str(without_random(answer)) for answer in answers}) == 1
    assert len({str(without_random(page)) for page in pages}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_begins_like_a_first_one_and_carries_no_link(
    leeds_petition, confirmed, mail_to, language
):
    new = mail_to(language=language, email="new@example.com")
    confirmed()
    again = mail_to(language=language, email="Zoe@example.com")
    assert again.to == ["Zoe@example.com"]
    assert again.subject == new.subject
    assert again.body.splitlines()[0] == new.body.splitlines()[0]
    assert again.extra_headers == new.extra_headers
    assert "http" not in again.body
    assert link_of(new)


def test_a_second_attempt_leaves_nothing_behind(
    client, leeds_petition, confirmed, mail_to
):
    confirmed(data=council_data())
    first = Signature.objects.values().get()
    mail_to(email="SIUMING@example.com")
    assert list(Signature.objects.values()) == [first]


def test_the_mail_about_it_comes_once_in_any_seven_days(
    leeds_petition, confirmed, mail_to, clock
):
    wednesday = (2 - timezone.now().weekday()) % 7
    clock(days=wednesday)
    confirmed()
    assert mail_to()
    for _ in range(6):
        clock(days=1)
        assert mail_to() is None
    clock(days=1)
    assert mail_to()
    assert figures() == (1, 0)


def test_who_signs_two_petitions_counts_on_both(
    leeds_petition, sheffield_petition, confirmed
):
    confirmed()
    confirmed("sheffield")
    assert (figures("leeds"), figures("sheffield")) == ((1, 0), (1, 0))


def test_the_index_of_one_address_differs_between_petitions(
    leeds_petition, sheffield_petition, confirmed
):
    confirmed()
    confirmed("sheffield")
    indexes = Signature.objects.values_list("blind_index", flat=True)
    assert len({bytes(index) for index in indexes}) == 2


# --- Quarantined ---------------------------------------------------------------
def test_a_filled_honeypot_is_quarantined_and_looks_like_any_other(
    client, leeds_petition, sign
):
    clean = client.post("/en/petitions/leeds/sign", counted_data(email="a@example.com"))
    trapped = client.post(
        "/en/petitions/leeds/sign",
        counted_data(email="b@example.com", website="https://spam.example"),
    )
    assert without_random(clean) == without_random(trapped)
    work()
    pages = [
        client.post(link_of(message), {"action": "confirm"}) for message in mail.outbox
    ]
    assert [page.context["step"] for page in pages] == ["done", "done"]
    assert states() == ["confirmed", "quarantined"]
    assert figures() == (1, 0)


def test_a_quarantined_page_is_the_same_as_a_confirmed_one(
    client, leeds_petition, confirmed
):
    clean = confirmed(email="a@example.com")
    trapped = confirmed(email="b@example.com", website="x")
    assert without_random(client.get(clean)) == without_random(client.get(trapped))


def test_a_quarantined_address_gets_the_same_second_mail(
    leeds_petition, confirmed, mail_to
):
    confirmed(email="a@example.com")
    confirmed(email="b@example.com", website="x")
    clean, trapped = mail_to(email="a@example.com"), mail_to(email="b@example.com")
    assert (clean.subject, clean.body) == (trapped.subject, trapped.body)
    assert states() == ["confirmed", "quarantined"]


def test_withdrawing_from_quarantine_changes_no_figure(
    client, leeds_petition, confirmed
):
    confirmed(email="a@example.com")
    client.post(confirmed(email="b@example.com", website="x"), {"action": "withdraw"})
    assert (states(), figures()) == (["confirmed"], (1, 0))


# --- Somebody signs first with my address ----------------------------------------
def test_what_the_victim_confirms_is_the_victims_own_choice(
    client, leeds_petition, sign
):
    sign(data=council_data(name="Impostor", email="zoe@example.com"))
    attempt = Signature.objects.get().pk
    own = sign()
    assert client.get(own).context["signature"].audience == "counted"
    client.post(own, {"action": "confirm"})
    row = Signature.objects.get()
    assert row.pk != attempt
    assert (row.audience, row.sealed, row.fields_given) == ("counted", None, "")
    assert figures() == (1, 0)


def test_the_attackers_attempt_is_dead_once_the_victim_has_confirmed(
    client, leeds_petition, sign
):
    theirs = sign(data=council_data(name="Impostor", email="zoe@example.com"))
    client.post(sign(), {"action": "confirm"})
    before = every_column()
    assert client.post(theirs, {"action": "confirm"}).status_code == 404
    assert every_column() == before


def test_an_attempt_still_in_the_queue_changes_nothing_either(
    client, leeds_petition, sign
):
    own = sign()
    client.post(
        "/en/petitions/leeds/sign", council_data(name="Eve", email="zoe@example.com")
    )
    client.post(own, {"action": "confirm"})
    work()
    row = Signature.objects.get()
    assert (row.audience, row.state) == ("counted", "confirmed")
