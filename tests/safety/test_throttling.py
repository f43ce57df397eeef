from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from safety.throttling import Limit, client_network, is_over

pytestmark = pytest.mark.django_db
THREE_A_MINUTE = Limit("sign", 3, 60)


@pytest.fixture(autouse=True)
def plain_site_in_the_middle_of_an_hour(monkeypatch, settings):
    settings.THROTTLE_SCALE = 1.0
    settings.TRUSTED_PROXY_HOPS = 0
    moment = datetime(2026, 11, 23, 12, 30, 10, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def request(address="192.0.2.7", forwarded=None):
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().post("/", REMOTE_ADDR=address, **extra)


def answers(count, limit=THREE_A_MINUTE, **kind):
    return [is_over(request(**kind), limit) for _ in range(count)]


def test_the_fourth_of_three_is_over():
    assert answers(5) == [False, False, False, True, True]


def test_neighbours_in_one_network_count_together():
    answers(3, address="192.0.2.7")
    assert answers(1, address="192.0.2.200") == [True]
    assert answers(1, address="192.0.3.7") == [False]


def test_an_ipv6_customer_counts_once():
    answers(3, address="2001:db8:0:1200::1")
    assert answers(1, address="2001:db8:0:12ff::9") == [True]
    assert answers(1, address="2001:db8:0:1300::1") == [False]


def test_scopes_count_apart():
    answers(3)
    assert answers(1, Limit("code", 3, 60)) == [False]


def test_the_count_starts_again_after_its_seconds(clock):
    answers(4)
    clock(seconds=60)
    assert answers(1) == [False]


def test_the_scale_multiplies_and_leaves_one(settings):
    settings.THROTTLE_SCALE = 2
    assert answers(7).index(True) == 6
    settings.THROTTLE_SCALE = 0.01
    assert answers(2, Limit("code", 3, 60)) == [False, True]


def test_without_a_proxy_the_forwarded_header_is_not_believed():
    assert client_network(request(forwarded="198.51.100.1")) == "192.0.2.0/24"


@pytest.mark.parametrize(
    ("hops", "forwarded", "network"),
    [
        (1, "203.0.113.5, 198.51.100.1", "198.51.100.0/24"),
        (2, "203.0.113.5, 198.51.100.1, 10.0.0.1", "198.51.100.0/24"),
        (2, "198.51.100.1", "198.51.100.0/24"),
        (1, "198.51.100.1:4711", "198.51.100.0/24"),
        (1, "[2001:db8::1]:4711", "2001:db8::/56"),
        (1, "2001:db8::1", "2001:db8::/56"),
        (1, "::ffff:198.51.100.1", "198.51.100.0/24"),
        (1, "::1", "::/56"),
        (1, "", "192.0.2.0/24"),
        (1, None, "192.0.2.0/24"),
        (1, "unknown", "unreadable"),
        (1, "198.51.100.1, \x00", "unreadable"),
    ],
)
def test_the_client_is_found_behind_the_trusted_proxies(
    settings, hops, forwarded, network
):
    settings.TRUSTED_PROXY_HOPS = hops
    assert client_network(request(forwarded=forwarded)) == network


@pytest.mark.parametrize("address", ["", "unix:", "999.1.1.1"])
def test_unreadable_addresses_count_together(address):
    assert answers(4, address=address)[-1]


def missing(name):
    raise ValueError(name)


def test_no_network_can_be_read_in_the_cache(monkeypatch):
    stored = {}
    monkeypatch.setattr(cache, "add", lambda *pair: stored.update([pair[:2]]))
    monkeypatch.setattr(cache, "get", stored.get)
    monkeypatch.setattr(cache, "incr", missing)
    answers(1)
    assert len(stored) == 2
    assert "192.0.2" not in repr(stored)


def test_the_key_changes_every_hour(clock):
    names = []
    for _ in range(2):
        answers(1)
        names += [name for name in cache._cache if "throttle-key" in name]
        clock(hours=1)
    assert len(set(names)) == 2


def test_an_evicted_counter_is_no_error(monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_: True)
    assert answers(5) == [False] * 5


def test_a_limit_over_more_than_an_hour_is_refused():
    with pytest.raises(ValueError, match="hour"):
        Limit("sign", 3, 3_601)
