"""Who ticks news when confirming leaves an address that leads to no signature."""

from __future__ import annotations

import datetime

import pytest
from cryptography.fernet import Fernet
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from news.models import Subscriber, SubscriptionRequest
from news.models.subscriber import INDEX_PURPOSE, index_of
from news.subscribing import enrol_confirmed
from petitions.models import Signature
from safety import ring
from safety.blind_index import blind_index
from tests.news.conftest import make_subscriber
from tests.petitions.conftest import figures
from tests.petitions.leaks import every_column, leaked

pytestmark = pytest.mark.django_db
ZOE = "zoe@example.com"


@pytest.fixture
def ticked(client, sign):
    """Sign, confirm with the tick, and return the path of the link."""

    def done(**changes):
        path = sign(**changes)
        page = client.post(path, {"action": "confirm", "updates": "on"})
        assert page.context["gets_news"]
        return path

    return done


def tomorrow(clock):
    clock(days=1)
    return enrol_confirmed()


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_the_tick_is_there_and_empty(client, leeds_petition, sign, language):
    page = client.get(sign(language=language)).content.decode()
    assert '<input type="checkbox" name="updates" id="updates">' in page
    assert "checked" not in page


def test_without_the_tick_nothing_is_kept(client, leeds_petition, sign, clock):
    client.post(sign(), {"action": "confirm"})
    assert tomorrow(clock) == {}
    assert not SubscriptionRequest.objects.exists()
    assert not Subscriber.objects.exists()


def test_with_the_tick_the_address_gets_all_news_and_no_second_mail(
    client, leeds_petition, ticked, clock
):
    ticked(language="zh-hant")
    assert figures() == (1, 0)
    assert tomorrow(clock) == {"subscribers enrolled": 1}
    subscriber = Subscriber.objects.get()
    assert subscriber.address() == ZOE
    assert (subscriber.gets_all, subscriber.language) == (True, "zh-hant")
    assert not subscriber.places.exists()
    assert len(mail.outbox) == 1


def test_a_second_press_with_the_tick_adds_nothing(client, leeds_petition, sign):
    path = sign()
    client.post(path, {"action": "confirm"})
    client.post(path, {"action": "confirm", "updates": "on"})
    assert not SubscriptionRequest.objects.exists()


def test_disowning_or_withdrawing_with_the_tick_keeps_nothing(
    client, leeds_petition, sign
):
    client.post(sign(), {"action": "not_me", "updates": "on"})
    assert not SubscriptionRequest.objects.exists()


def test_if_confirming_fails_the_address_does_not_move(
    client, leeds_petition, sign, monkeypatch
):
    path = sign()

    def fault(*args):
        raise RuntimeError

    monkeypatch.setattr("petitions.settling._count", fault)
    client.raise_request_exception = False
    assert client.post(path, {"action": "confirm", "updates": "on"}).status_code == 500
    assert not SubscriptionRequest.objects.exists()
    assert Signature.objects.get().state == "pending"


def test_withdrawing_a_signature_leaves_the_news_and_the_reverse(
    client, leeds_petition, ticked, clock
):
    path = ticked()
    tomorrow(clock)
    client.post(path, {"action": "withdraw"})
    assert not Signature.objects.exists()
    assert Subscriber.objects.get().address() == ZOE


def test_no_value_of_a_subscriber_stands_in_a_signature(
    client, leeds_petition, ticked, clock
):
    """But for days, which all of that day share, the rows have nothing in common."""
    ticked()
    tomorrow(clock)
    theirs, subscriber = (
        {
            bytes(value) if isinstance(value, memoryview) else value
            for value in model.objects.values_list().get()
            if isinstance(value, bytes | memoryview | str) and value
        }
        for model in (Signature, Subscriber)
    )
    keys = {str(Signature.objects.get().pk), str(Subscriber.objects.get().pk)}
    assert len(keys) == 2
    assert theirs & subscriber == set()


def test_nothing_in_a_subscriber_knows_more_than_the_day(settings):
    subscriber = make_subscriber()
    moments = [
        field.name
        for field in Subscriber._meta.concrete_fields
        if field.get_internal_type() == "DateTimeField"
    ]
    assert moments == ["leased_until"]
    assert subscriber.leased_until is None
    key = Fernet(settings.SUBSCRIBER_KEYS[0])
    assert key.extract_timestamp(bytes(subscriber.email_encrypted)) == 0


def test_the_index_is_no_petitions(client, leeds_petition, ticked, clock):
    ticked()
    tomorrow(clock)
    nonce = bytes(leeds_petition.index_nonce)
    assert bytes(Signature.objects.get().blind_index) == blind_index(ZOE, nonce)
    assert bytes(Subscriber.objects.get().blind_index) == index_of(ZOE)
    assert index_of(ZOE) != blind_index(ZOE, nonce)
    assert len(INDEX_PURPOSE) != len(nonce)


def test_those_of_one_day_are_enrolled_in_the_order_of_random_keys(
    leeds_petition, clock
):
    for number in range(8):
        SubscriptionRequest.objects.hand_over(f"p{number}@example.com", "en")
    order = [
        request.details()["email"]
        for request in SubscriptionRequest.objects.order_by("pk")
    ]
    tomorrow(clock)
    assert [row.address() for row in in_order_of_making()] == order


def in_order_of_making():
    """Return subscribers as they lie in the table."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    rows = f"SELECT * FROM news_subscriber ORDER BY {place}"  # noqa: S608 - our own words
    return list(Subscriber.objects.raw(rows))


def test_a_stolen_database_holds_no_address_of_a_subscriber(
    client, leeds_petition, ticked, clock
):
    ticked(email="zqcanary@zqhost.example")
    tomorrow(clock)
    assert Subscriber.objects.get().address() == "zqcanary@zqhost.example"
    assert leaked(["zqcanary", "zqhost"], every_column()) == []
    lengths = {
        len(make_subscriber(address).email_encrypted)
        for address in ("a@b.org", f"{'x' * 60}@{'y' * 60}.example")
    }
    assert len(lengths) == 1


# --- The ring -----------------------------------------------------------------------------
def test_keys_are_rotated_and_the_old_one_may_go(settings, capsys):
    subscriber = make_subscriber(ZOE)
    old = settings.SUBSCRIBER_KEYS
    new = Fernet.generate_key().decode()
    settings.SUBSCRIBER_KEYS = [new, *old]
    assert subscriber.address() == ZOE
    call_command("rotate_keys")
    assert capsys.readouterr().out == "1 of 1 encrypted or indexed anew.\n"
    call_command("rotate_keys")
    assert capsys.readouterr().out == "0 of 1 encrypted or indexed anew.\n"
    settings.SUBSCRIBER_KEYS = [new]
    assert Subscriber.objects.get().address() == ZOE
    settings.SUBSCRIBER_KEYS = old
    with pytest.raises(ring.Unreadable):
        Subscriber.objects.get().address()


def test_an_address_that_no_key_opens_fails_the_rotation_and_stays(settings):
    make_subscriber(ZOE)
    settings.SUBSCRIBER_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="opens 1 of them"):
        call_command("rotate_keys")
    assert Subscriber.objects.count() == 1


def test_after_a_new_index_key_addresses_are_found_again(settings, clock):
    day = timezone.now().date() - datetime.timedelta(days=1)
    Subscriber.objects.enrol(ZOE, [], "en", "2026-11", day)
    settings.INDEX_KEY = "another key that is long enough to please the checks"
    call_command("rotate_keys", "--index")
    Subscriber.objects.enrol(ZOE, [], "zh-hant", "2026-11", day)
    assert Subscriber.objects.get().language == "zh-hant"


def test_signing_again_for_news_leaves_one_subscriber(
    client, leeds_petition, world_petition, ticked, clock
):
    ticked()
    ticked(slug="world")
    clock(days=1)
    assert enrol_confirmed() == {"subscribers enrolled": 2}
    assert Subscriber.objects.count() == 1
