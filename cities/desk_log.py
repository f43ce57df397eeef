"""Says what an organiser did to the record, to whoever keeps the audit trail.

The record's room knows no other room; `front` listens and writes the trail, in the
same transaction as what was done.
"""

from __future__ import annotations

from django.dispatch import Signal

# Sent with `actor`, `action`, `label` and `reason`, all texts.
done_at_desk = Signal()


def tell(actor: object, action: str, label: object, reason: str = "") -> None:
    """Tell that somebody did something to a row of the record."""
    done_at_desk.send(
        sender=None,
        actor=str(actor),
        action=action,
        label=str(label),
        reason=reason,
    )
