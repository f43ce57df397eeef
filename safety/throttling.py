"""Counts how often one network does something, without keeping its address."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from safety.switches import throttle_share

HOUR = 3_600
_UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Limit:
    """At most `hits` in `seconds` for one network doing one thing (`scope`).

    Seconds go up to an hour, because the key under which networks are counted
    changes every hour; raises ValueError beyond.
    """

    scope: str
    hits: int
    seconds: int

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= HOUR:
            raise ValueError("A limit counts over at most an hour.")


def is_over(request: HttpRequest, limit: Limit) -> bool:
    """Count this request and say whether its network passed the limit.

    `THROTTLE_SCALE` multiplies all limits, as does the switch "under attack"; at
    least one hit always passes.
    """
    scale = settings.THROTTLE_SCALE * throttle_share()
    allowed = max(1, int(limit.hits * scale))
    name = _counter_name(client_network(request), limit)
    return _count(name, limit.seconds) > allowed


def is_over_for(subject: str, limit: Limit) -> bool:
    """Count a try for one account, whoever makes it; this limit is never scaled."""
    return _count(_counter_name(subject, limit), limit.seconds) > limit.hits


def client_network(request: HttpRequest) -> str:
    """Return the client's /24 (IPv4) or /56 (IPv6) as text.

    With `TRUSTED_PROXY_HOPS` = n the address is the n-th from the right of
    X-Forwarded-For, because what stands left of it was written by the client.
    """
    try:
        address = ip_address(_client_text(request))
    except ValueError:
        return _UNREADABLE
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = 24 if isinstance(address, IPv4Address) else 56
    host_bits = address.max_prefixlen - prefix
    network = type(address)(int(address) >> host_bits << host_bits)
    return f"{network}/{prefix}"


def _client_text(request: HttpRequest) -> str:
    hops = settings.TRUSTED_PROXY_HOPS
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    if hops and entries:
        return _without_port(entries[-min(hops, len(entries))])
    return str(request.META.get("REMOTE_ADDR", ""))


def _without_port(entry: str) -> str:
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry


def _counter_name(subject: str, limit: Limit) -> str:
    now = int(timezone.now().timestamp())
    message = f"{limit.scope}|{subject}".encode()
    digest = hmac.digest(_hourly_key(now // HOUR), message, "sha256")
    return f"throttle-{now // limit.seconds}-{digest[:16].hex()}"


def _hourly_key(hour: int) -> bytes:
    """Return the random key of this hour; it lives in the cache and nowhere else."""
    name = f"throttle-key-{hour}"
    if known := cache.get(name):
        return bytes(known)
    fresh = secrets.token_bytes(32)
    cache.add(name, fresh, HOUR)
    return bytes(cache.get(name) or fresh)


def _count(name: str, seconds: int) -> int:
    try:
        return cache.incr(name)
    except ValueError:  # The first of its window, or evicted since.
        cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:  # Evicted between the two calls.
        return 1
