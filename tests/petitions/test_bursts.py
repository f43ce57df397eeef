"""Organisers see where more comes in than usual."""

from __future__ import annotations

import datetime

import pytest

from petitions.bursts import Burst, bursts
from petitions.models import Signature
from petitions.settling import ADDRESS_PURPOSE
from safety import day_keys
from tests.conftest import TODAY


@pytest.fixture
def came(leeds_petition):
    """Store so many signatures received some days ago."""

    def stored(number, ago=0, domain="", **values):
        day = TODAY() - datetime.timedelta(ago)
        for index in range(number):
            address = f"{index}@{domain}".encode()
            Signature.objects.create(
                petition=leeds_petition,
                wording=leeds_petition.wording,
                audience="counted",
                received_on=day,
                email_encrypted=day_keys.encrypt(address, ADDRESS_PURPOSE)
                if domain
                else None,
                **values,
            )

    return stored


def test_a_day_far_above_the_usual_is_a_burst(came):
    came(56, ago=20)
    came(60)
    came(49, ago=1)
    assert bursts() == [Burst("leeds", TODAY(), 60, 2)]


def test_what_is_usual_is_none(came):
    for ago in range(3, 31):
        came(11, ago=ago)
    came(54)
    assert bursts() == []


def test_an_area_and_a_provider_stand_out(came, leeds):
    came(50, domain="throwaway.example", area=leeds)
    came(40, domain="example.org")
    day = TODAY()
    assert bursts() == [
        Burst("leeds", day, 90, 0),
        Burst("leeds", day, 50, 0, area="leeds"),
        Burst("leeds", day, 50, 0, domain="throwaway.example"),
    ]


def test_an_address_whose_key_is_gone_is_no_error(came, clock):
    came(50, domain="example.org")
    day_keys.destroy_expired(TODAY() + datetime.timedelta(9))
    assert bursts() == [Burst("leeds", TODAY(), 50, 0)]
