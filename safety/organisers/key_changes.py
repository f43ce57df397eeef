"""Changes of recipient keys: asked for by one organiser, approved by another."""

from __future__ import annotations

from typing import Any

from safety.key_pairs import PublicKey
from safety.models import RecipientKey
from safety.organisers.approvals import Approval, NotAllowed, ask, performs
from safety.recipients import forget_live_keys

Action = Approval.Action


def ask_to_add(organiser: Any, key: RecipientKey, reason: str) -> Approval:
    """Ask to seal to a new key from now on."""
    return ask(
        organiser,
        Action.ADD_KEY,
        str(key),
        reason,
        public_text=key.public_text,
        holder=key.holder,
        is_escrow=key.is_escrow,
        fingerprint=key.fingerprint,
    )


def ask_to_switch(organiser: Any, key: RecipientKey, reason: str) -> Approval:
    """Ask to turn a key off, or on again."""
    action = Action.KEY_OFF if key.active else Action.KEY_ON
    return ask(
        organiser,
        action,
        str(key),
        reason,
        key_id=key.key_id,
        fingerprint=key.fingerprint,
    )


@performs(Action.ADD_KEY)
def add(approval: Approval) -> None:
    """Store the key that was asked for; raises NotAllowed when it is there by now."""
    asked = approval.details
    key = PublicKey.from_text(asked["public_text"])
    if RecipientKey.objects.filter(key_id=key.key_id.hex()).exists():
        raise NotAllowed
    RecipientKey.objects.add(key, asked["holder"], is_escrow=asked["is_escrow"])
    forget_live_keys()


@performs(Action.KEY_ON, Action.KEY_OFF)
def switch(approval: Approval) -> None:
    """Turn the key on or off."""
    keys = RecipientKey.objects.filter(key_id=approval.details["key_id"])
    keys.update(active=approval.action == Action.KEY_ON)
    forget_live_keys()
