"""What keeps signers safe, as tables: keys, mail rules, the outbox, the audit trail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safety.audit import AuditEvent
from safety.key_pairs import PublicKey
from safety.leasing import Leased, LeasedQuerySet
from safety.organisers.approvals import Approval
from safety.organisers.models import Organiser
from safety.outgoing import MailBudget, OutgoingMail
from safety.sealing import seal
from safety.switches import Switch

__all__ = [
    "Approval",
    "AuditEvent",
    "Leased",
    "LeasedQuerySet",
    "MailBudget",
    "MailDomain",
    "Organiser",
    "OutgoingMail",
    "RecipientKey",
    "Switch",
]


class RecipientKeyQuerySet(models.QuerySet["RecipientKey"]):
    """Public keys of the people who may open sealed records."""

    def live(self) -> RecipientKeyQuerySet:
        """Keys that new records may be sealed to; demo keys only in development."""
        keys = self.filter(active=True)
        return keys if settings.DEBUG else keys.exclude(is_demo=True)

    def add(self, key: PublicKey, holder: str, **flags: bool) -> RecipientKey:
        """Store a public key; flags are `is_escrow`, `is_demo` and `active`."""
        return self.create(public_text=key.to_text(), holder=holder, **flags)


class RecipientKey(models.Model):
    """One public key. Its identifier, suite and fingerprint follow from its text."""

    class Suite(models.IntegerChoices):
        CLASSIC = 0, _("X25519")
        HYBRID = 1, _("ML-KEM-768 with X25519")

    public_text = models.TextField(
        _("public key"), help_text=_("The line that starts with detwin-key-1:")
    )
    key_id = models.CharField(
        _("key identifier"), max_length=16, unique=True, editable=False
    )
    suite = models.PositiveSmallIntegerField(
        _("suite"), choices=Suite.choices, editable=False
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=39, editable=False)
    holder = models.CharField(
        _("held by"),
        max_length=100,
        help_text=_("A role shown in public, never a person's name."),
    )
    is_escrow = models.BooleanField(_("kept in escrow"), default=False)
    is_demo = models.BooleanField(_("demo key"), default=False)
    active = models.BooleanField(_("active"), default=True)
    added_on = models.DateField(_("added on"), default=timezone.localdate)

    objects = RecipientKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient key")
        verbose_name_plural = _("recipient keys")
        ordering = ("-active", "holder", "key_id")

    def __str__(self) -> str:
        return f"{self.holder} ({self.fingerprint[:9]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the key with what follows from its text; raises ValueError."""
        self._derive()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a text that is no public key, or one that is stored already."""
        try:
            self._derive()
            # Some bytes look like a key until something is sealed to them.
            seal({}, [self.public_key()], "trial")
        except ValueError as error:
            message = _("This is not a public key of a key holder.")
            raise ValidationError({"public_text": message}) from error
        if RecipientKey.objects.filter(key_id=self.key_id).exclude(pk=self.pk).exists():
            raise ValidationError({"public_text": _("This key is stored already.")})

    def public_key(self) -> PublicKey:
        """Return the key for `sealing.seal`."""
        return PublicKey.from_text(self.public_text)

    def _derive(self) -> None:
        key = self.public_key()
        self.public_text = key.to_text()
        self.key_id = key.key_id.hex()
        self.suite, self.fingerprint = key.suite, key.fingerprint


class MailDomain(models.Model):
    """What organisers know about a mail provider's domain."""

    domain = models.CharField(_("domain"), max_length=253, unique=True)
    canonical = models.CharField(
        _("same mailboxes as"),
        max_length=253,
        blank=True,
        help_text=_("The domain that this one is only another name for."),
    )
    strip_plus = models.BooleanField(
        _("text after + is ignored"),
        default=False,
        help_text=_("The provider delivers name+anything@ to name@."),
    )
    strip_dots = models.BooleanField(
        _("dots are ignored"),
        default=False,
        help_text=_("The provider delivers n.a.m.e@ to name@."),
    )
    in_mainland_china = models.BooleanField(
        _("provider in mainland China"), default=False
    )
    disposable = models.BooleanField(_("throw-away addresses"), default=False)

    class Meta:
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        ordering = ("domain",)

    def __str__(self) -> str:
        return self.domain
