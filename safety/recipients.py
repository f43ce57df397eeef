"""The keys that a record is sealed to now, remembered for half a minute."""

from __future__ import annotations

from safety.key_pairs import PublicKey
from safety.models import RecipientKey
from safety.remembered import Remembered


def live_public_keys() -> tuple[PublicKey, ...]:
    """Return the keys to seal to, all of one suite; empty when there are none."""
    return tuple(key for key, _escrow in _live())


def can_seal() -> bool:
    """Say whether a key holder's and an escrow key are live.

    A petition without both offers to be counted only.
    """
    return {escrow for _key, escrow in _live()} == {True, False}


def forget_live_keys() -> None:
    """Ask the database again at the next use, in this process."""
    _live.forget()


def _read_live() -> list[tuple[PublicKey, bool]]:
    rows = list(RecipientKey.objects.live())
    # One record is sealed in one suite; organisers switch by turning keys off.
    newest = max((row.suite for row in rows), default=None)
    return [(row.public_key(), row.is_escrow) for row in rows if row.suite == newest]


_live = Remembered(_read_live, seconds=30)
