from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from safety.models import RecipientKey
from safety.recipients import can_seal, forget_live_keys, live_public_keys
from safety.sealing import public_key_of

pytestmark = pytest.mark.django_db

HOLDER, ESCROW, OTHER = (public_key_of(bytes([number]) * 32) for number in (1, 2, 3))
CLASSIC = public_key_of(bytes([1]) * 32, 0)


def add(key, **flags):
    return RecipientKey.objects.add(key, "Key holder", **flags)


def test_a_stored_key_shows_what_follows_from_its_text():
    stored = add(HOLDER)
    assert stored.key_id == HOLDER.key_id.hex()
    assert stored.fingerprint == HOLDER.fingerprint
    assert (stored.suite, stored.public_key()) == (1, HOLDER)


def test_records_are_sealed_to_live_keys():
    add(HOLDER)
    add(ESCROW, is_escrow=True)
    add(OTHER, active=False)
    assert set(live_public_keys()) == {HOLDER, ESCROW}


def test_demo_keys_live_only_in_development(settings):
    add(HOLDER, is_demo=True)
    add(ESCROW, is_demo=True, is_escrow=True)
    assert not can_seal()
    settings.DEBUG = True
    forget_live_keys()
    assert can_seal()


def test_sealing_needs_a_holder_and_an_escrow_key():
    assert not can_seal()
    for flags, answer in ((False, False), (True, True)):
        add(ESCROW if flags else HOLDER, is_escrow=flags)
        forget_live_keys()
        assert can_seal() is answer


def test_all_keys_used_at_once_are_of_one_suite():
    add(HOLDER)
    add(CLASSIC)
    assert live_public_keys() == (HOLDER,)


def test_asking_often_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(3):
            live_public_keys()


@pytest.mark.parametrize(
    "text", ["", "detwin-key-1:AAAA", "detwin-key-1:" + "A" * 44, HOLDER.to_text()[:-4]]
)
def test_a_text_that_is_no_key_is_refused(text):
    with pytest.raises(ValidationError) as refusal:
        RecipientKey(public_text=text, holder="Key holder").clean()
    assert list(refusal.value.message_dict) == ["public_text"]


def test_a_key_is_stored_once():
    add(HOLDER)
    with pytest.raises(ValidationError, match="stored already"):
        RecipientKey(public_text=HOLDER.to_text(), holder="Again").clean()
