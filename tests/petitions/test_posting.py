"""The worker and a relay that fails: nothing is lost, nobody is named."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.management import call_command

from petitions.models import Petition, Signature
from petitions.posting import Post, post_received, post_signature
from petitions.settling import confirm
from safety.models import OutgoingMail
from tests.conftest import code_in, counted_data, token_in, work
from tests.petitions.conftest import ADDRESSES, figures, mailed_to, states

DOWN = [
    ConnectionRefusedError(),
    TimeoutError(),
    smtplib.SMTPServerDisconnected(),
    smtplib.SMTPConnectError(421, b"try later"),
    smtplib.SMTPAuthenticationError(535, b"no"),
    smtplib.SMTPSenderRefused(451, b"later", "no-reply@localhost"),
]


@pytest.mark.parametrize("error", DOWN, ids=lambda error: type(error).__name__)
def test_while_the_relay_is_down_everything_waits(three, relay, clock, error):
    relay["all"] = error
    assert post_received() == {"relay down": 3}
    assert states() == ["received"] * 3
    relay.clear()
    clock(seconds=30)
    assert post_received() == {"mailed": 3}
    assert mailed_to() == ADDRESSES


def test_waits_grow_to_five_minutes_and_no_further(three, relay, clock):
    relay["all"] = ConnectionRefusedError()
    tried = 0
    for _ in range(60):
        clock(minutes=1)
        tried += bool(post_received())
    assert 12 <= tried <= 20
    relay.clear()
    clock(minutes=5)
    assert post_received() == {"mailed": 3}


def test_signing_goes_on_while_the_relay_is_down(client, three, relay):
    relay["all"] = ConnectionRefusedError()
    post_received()
    answer = client.post("/en/petitions/leeds/sign", counted_data())
    assert answer.status_code == 303
    assert states() == ["received"] * 4


def test_a_retry_costs_no_second_mail_of_the_days_budget(three, relay, clock):
    relay[ADDRESSES[0]] = ConnectionRefusedError()
    for _ in range(8):
        post_received()
        clock(minutes=6)
    relay.clear()
    post_received()
    assert mailed_to() == ADDRESSES


def test_a_refused_address_is_dropped_and_the_others_are_mailed(three, relay):
    refused = {ADDRESSES[1]: (550, b"no such mailbox")}
    relay[ADDRESSES[1]] = smtplib.SMTPRecipientsRefused(refused)
    assert post_received() == {"mailed": 2, "refused": 1}
    assert mailed_to() == [ADDRESSES[0], ADDRESSES[2]]
    assert states() == ["pending"] * 2


def test_a_greylisted_address_is_tried_again(three, relay, clock):
    relay[ADDRESSES[1]] = smtplib.SMTPRecipientsRefused(
        {ADDRESSES[1]: (450, b"try later")}
    )
    assert post_received() == {"mailed": 2, "put off": 1}
    relay.clear()
    clock(seconds=30)
    assert post_received() == {"mailed": 1}
    assert mailed_to() == ADDRESSES


@pytest.mark.parametrize("code", [451, 554])
@pytest.mark.parametrize("poison", ADDRESSES)
def test_a_mail_that_the_relay_will_not_take_holds_up_no_other(
    three, relay, clock, poison, code
):
    relay[poison] = smtplib.SMTPDataError(code, b"not this one")
    for _ in range(3):
        post_received()
        clock(minutes=6)
    assert mailed_to() == [address for address in ADDRESSES if address != poison]
    relay.clear()
    post_received()
    assert mailed_to() == ADDRESSES


@pytest.mark.parametrize("poison", ADDRESSES)
def test_a_row_that_cannot_be_worked_on_holds_up_no_other(three, relay, clock, poison):
    relay[poison] = UnicodeEncodeError("ascii", "x", 0, 1, "a bug of ours")
    for _ in range(3):
        post_received()
        clock(minutes=6)
    assert mailed_to() == [address for address in ADDRESSES if address != poison]


# --- Killed between two steps ---------------------------------------------------
class Killed(BaseException):
    """Stands for `kill -9`: nothing may catch it."""


def test_killed_before_the_mail_is_sent_the_row_is_mailed_later(three, relay, clock):
    relay["all"] = Killed()
    with pytest.raises(Killed):
        post_received()
    relay.clear()
    assert post_received() == {}  # Still leased.
    clock(seconds=121)
    assert post_received() == {"mailed": 3}
    assert mailed_to() == ADDRESSES


def die_after_sending(monkeypatch):
    real = Post.send

    def send(post, message):
        real(post, message)
        raise Killed

    monkeypatch.setattr(Post, "send", send)
    with pytest.raises(Killed):
        post_received(1)
    monkeypatch.setattr(Post, "send", real)


def test_killed_after_sending_the_row_is_mailed_again(
    client, leeds_petition, monkeypatch, clock
):
    client.post("/en/petitions/leeds/sign", counted_data())
    die_after_sending(monkeypatch)
    assert states() == ["received"]
    clock(seconds=121)
    assert post_received() == {"mailed": 1}
    assert len(mail.outbox) == 2
    client.post(token_in(mail.outbox[0]), {"action": "confirm"})
    assert client.get(token_in(mail.outbox[1])).context["step"] == "manage"
    assert figures() == (1, 0)


def test_the_newer_of_two_codes_works(client, leeds_petition, monkeypatch, clock):
    client.post("/en/petitions/leeds/sign", counted_data())
    die_after_sending(monkeypatch)
    clock(seconds=121)
    post_received()
    answer = client.post("/en/petitions/leeds/code", {"code": code_in(mail.outbox[1])})
    assert answer.status_code == 303


def test_who_confirms_while_a_second_mail_is_on_its_way_stays_counted(
    client, leeds_petition, monkeypatch, clock
):
    client.post("/en/petitions/leeds/sign", counted_data())
    die_after_sending(monkeypatch)
    in_hand = Signature.objects.get()  # As another worker took it before…
    confirm(in_hand.pk)
    post_signature(Post(), in_hand)
    assert (states(), figures()) == (["confirmed"], (1, 0))
    call_command("recount")


def test_a_refusal_that_comes_late_takes_no_counted_signature_away(
    client, leeds_petition, monkeypatch, relay
):
    client.post("/en/petitions/leeds/sign", counted_data())
    die_after_sending(monkeypatch)
    key = Signature.objects.get().pk

    def confirmed_meanwhile(post, message):
        confirm(key)
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"full")})

    monkeypatch.setattr(Post, "send", confirmed_meanwhile)
    Signature.objects.update(leased_until=None)
    post_received()
    assert (states(), figures()) == (["confirmed"], (1, 0))


def test_a_row_that_is_gone_meanwhile_does_not_stop_the_worker(
    three, relay, monkeypatch
):
    def gone(post, message):
        Signature.objects.all().delete()
        raise ConnectionRefusedError

    monkeypatch.setattr(Post, "send", gone)
    assert post_received() == {"relay down": 3}


# --- What can no longer be read ----------------------------------------------------
def test_without_its_day_key_a_row_is_dropped(three, settings):
    for path in settings.KEYS_DIR.glob("day-*"):
        path.unlink()
    assert post_received() == {"expired": 3}
    assert states() == []


def test_a_damaged_address_is_dropped_and_the_others_are_mailed(three):
    row = Signature.objects.first()
    row.email_encrypted = bytes(row.email_encrypted)[:-1] + b"\0"
    row.save()
    assert post_received() == {"expired": 1, "mailed": 2}


def test_a_request_for_a_link_without_its_key_is_dropped(
    client, leeds_petition, confirmed, settings
):
    confirmed()
    client.post("/en/petitions/leeds/link", {"email": "zoe@example.com"})
    for path in settings.KEYS_DIR.glob("day-*"):
        path.unlink()
    assert work() == {"no signature": 1}
    assert not OutgoingMail.objects.exists()


def test_nothing_is_mailed_for_a_petition_that_was_handed_in(three):
    Petition.objects.get().hand_in(Petition.objects.get().opens_on)
    assert post_received() == {"expired": 3}
    assert not mail.outbox


def test_logs_of_a_failing_relay_name_nobody(three, relay, caplog):
    relay["all"] = smtplib.SMTPRecipientsRefused({ADDRESSES[0]: (450, b"later")})
    post_received()
    relay["all"] = ValueError(f"cannot write to {ADDRESSES[0]}")
    Signature.objects.update(leased_until=None)
    post_received()
    assert "ValueError" in caplog.text
    assert "signer" not in caplog.text
