"""The chain of what organisers did: rows can be added, never changed."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NO_HASH = "0" * 64
_LONGEST_LABEL = 200
# Organisers who append at once; each try lets at least one of them through.
MOST_TRIES = 20


class ChainBroken(Exception):
    """A row of the audit trail was changed, removed or put in between."""


class AppendOnly(TypeError):
    """Somebody tried to change or delete a row of the audit trail."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Audit events; the verbs that would change them are refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Audit events are never changed.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Audit events are never deleted.")


class AuditEvent(models.Model):
    """One thing an organiser did, chained to the one before by its hash."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    happened_at = models.DateTimeField(_("happened at"))
    actor = models.CharField(_("who"), max_length=_LONGEST_LABEL)
    action = models.CharField(_("what was done"), max_length=_LONGEST_LABEL)
    object_label = models.CharField(_("to what"), max_length=_LONGEST_LABEL, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the event once; raises AppendOnly for a stored one."""
        if not self._state.adding:
            raise AppendOnly("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Audit events are never deleted.")

    def expected_hash(self) -> str:
        """Return the hash over this event's values and the hash before it."""
        moment = self.happened_at.astimezone(UTC).isoformat(timespec="microseconds")
        values = [self.number, moment, self.actor, self.action]
        values += [self.object_label, self.reason, self.previous_hash]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def record(
    actor: str, action: str, object_label: str = "", reason: str = ""
) -> AuditEvent:
    """Append an event to the chain, in the caller's transaction if there is one.

    Labels are cut at 200 characters and lose NUL characters. Never name a
    signer here.
    """
    texts = {
        "actor": _label(actor),
        "action": _label(action),
        "object_label": _label(object_label),
        "reason": reason.replace("\0", ""),
    }
    for _try in range(MOST_TRIES - 1):
        # Who waited for the last row finds it no longer the last, and tries again.
        with suppress(IntegrityError), transaction.atomic():
            return _append(timezone.now(), texts)
    with transaction.atomic():
        return _append(timezone.now(), texts)


def head() -> tuple[int, str]:
    """Return the last event's number and hash; (0, 64 zeros) for an empty chain."""
    last = AuditEvent.objects.order_by("-number").first()
    return (last.number, last.hash) if last else (0, NO_HASH)


def verify_chain(expected_head: str | None = None) -> int:
    """Check every event and return how many there are; raises ChainBroken.

    Removed last events show only against a head hash that was noted elsewhere:
    give it, and it must still be part of the chain.
    """
    previous, number, seen = NO_HASH, 0, expected_head in (None, NO_HASH)
    for event in AuditEvent.objects.order_by("number").iterator():
        number += 1
        if event.number != number:
            raise ChainBroken(f"Event {number} is missing.")
        if event.previous_hash != previous or event.hash != event.expected_hash():
            raise ChainBroken(f"Event {number} was changed.")
        previous = event.hash
        seen = seen or previous == expected_head
    if not seen:
        raise ChainBroken("The noted head is not part of the chain.")
    return number


def is_newest_part_whole(length: int = 100) -> bool:
    """Check the newest events with one query; `verify_chain` checks them all."""
    newest = list(AuditEvent.objects.order_by("-number")[:length])
    pairs = zip(newest, newest[1:], strict=False)
    return all(event.hash == event.expected_hash() for event in newest) and all(
        event.number == before.number + 1 and event.previous_hash == before.hash
        for event, before in pairs
    )


def _append(moment: datetime, texts: dict[str, str]) -> AuditEvent:
    # The first row is everybody's lock: SELECT … FOR UPDATE on the last one would
    # still answer with the old last row after waiting.
    list(AuditEvent.objects.select_for_update().filter(number=1))
    number, previous = head()
    event = AuditEvent(
        number=number + 1, happened_at=moment, previous_hash=previous, **texts
    )
    event.hash = event.expected_hash()
    event.save()
    return event


def digest_of(*texts: str) -> str:
    """Return a short name for some texts, for keys that must hold no text."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:32]


def _label(text: str) -> str:
    return text.replace("\0", "")[:_LONGEST_LABEL]
