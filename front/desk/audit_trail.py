"""Writes into the audit trail what organisers did to the record."""

from __future__ import annotations

from typing import Any

from cities.desk_log import done_at_desk
from safety import audit


def listen() -> None:
    """Hear from the record's room, which knows no other, from now on."""
    done_at_desk.connect(write, dispatch_uid="front.desk.audit_trail")


def write(
    sender: Any, actor: str, action: str, label: str, reason: str, **kwargs: Any
) -> None:
    """Append one event to the chain, in the transaction of what was done."""
    audit.record(actor, action, label, reason)
