from __future__ import annotations

import datetime
import json
import secrets
import uuid
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safety import day_keys
from safety.links import make_token
from safety.models import OutgoingMail

CONFIRM_MAIL = "join-confirm"
ORGANISERS_MAIL = "join-organisers"
LINK_LIFE = datetime.timedelta(days=3)

_PURPOSE = "join request"
# What fits under a day key at once.
_CHUNK = 500
_BLOB = len(b"\1") + 16 + day_keys.PADDED_BYTES + 16


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def receive(self, kind: str, details: dict[str, Any], language: str) -> JoinRequest:
        """Store what somebody wrote, unreadable without today's key, and ask them."""
        with transaction.atomic():
            request = self.create(
                kind=kind, language=language, details_encrypted=encrypted(details)
            )
            OutgoingMail.objects.queue(CONFIRM_MAIL, str(request.pk), language)
        return request

    def overdue(self) -> JoinRequestQuerySet:
        """Keep what nobody confirmed in time, and what could not be passed on."""
        last = timezone.now() - LINK_LIFE
        waiting = models.Q(confirmed_at=None, received_at__lt=last)
        return self.filter(waiting | models.Q(confirmed_at__lt=last))


class JoinRequest(models.Model):
    """A wish to join, on its way to the organisers' mailbox. Never shown at the desk.

    The row is deleted when the relay has taken the mail, or after three days.
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("group")
        PERSON = "person", _("person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nonce = models.BinaryField(max_length=16)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(_("language"), max_length=10)
    details_encrypted = models.BinaryField(_("details, encrypted"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish to join")
        verbose_name_plural = _("wishes to join")

    def __str__(self) -> str:
        return self.kind

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a nonce of its own."""
        self.nonce = self.nonce or secrets.token_bytes(16)
        super().save(*args, **kwargs)

    def details(self) -> dict[str, Any]:
        """Return what was written; raises `day_keys.DayKeyGone` or `Damaged`."""
        blob = bytes(self.details_encrypted)
        parts = [blob[at : at + _BLOB] for at in range(0, len(blob), _BLOB)]
        text = b"".join(day_keys.decrypt(part, _PURPOSE) for part in parts)
        found: dict[str, Any] = json.loads(text)
        return found

    @property
    def token(self) -> str:
        """Return the token of a fresh link to it."""
        return make_token(self.pk, self.nonce)

    @property
    def is_overdue(self) -> bool:
        """Tell whether it is too late to confirm."""
        return self.received_at < timezone.now() - LINK_LIFE

    def confirm(self) -> bool:
        """Queue it for the organisers, once; tell whether this call did it.

        It is encrypted anew, so that today's key carries it while it waits.
        """
        details = self.details()
        with transaction.atomic():
            waiting = JoinRequest.objects.filter(pk=self.pk, confirmed_at=None)
            is_first = waiting.update(
                confirmed_at=timezone.now(), details_encrypted=encrypted(details)
            )
            if is_first:
                OutgoingMail.objects.queue(ORGANISERS_MAIL, str(self.pk), self.language)
        return bool(is_first)


def encrypted(details: dict[str, Any]) -> bytes:
    """Return details under today's key, in pieces that each fit."""
    text = json.dumps(details, ensure_ascii=False).encode()
    parts = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    return b"".join(day_keys.encrypt(part, _PURPOSE) for part in parts)
