"""Who was refused at the desk, in the audit trail: once in ten minutes for each kind.

Whoever knocks a thousand times fills no trail, and nothing of their network is kept.
"""

from __future__ import annotations

from django.core.cache import cache

from safety import audit

STRANGER = "stranger"
QUIET_SECONDS = 600


def note_refusal(actor: str, what: str, object_label: str = "") -> bool:
    """Append a refusal to the trail; False if the like was noted a moment ago."""
    name = f"refused-{audit.digest_of(actor, what)}"
    if not cache.add(name, True, QUIET_SECONDS):
        return False
    audit.record(actor, what, object_label)
    return True
