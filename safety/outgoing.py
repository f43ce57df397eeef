"""Mails that wait for the relay, and how many an address may get in a day."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safety import day_keys
from safety.leasing import Leased, LeasedQuerySet

_MAIL_PURPOSE = "outgoing mail"


class OutgoingMailQuerySet(LeasedQuerySet["OutgoingMail"]):
    """Mails that wait for the relay."""

    def queue(
        self, kind: str, reference: str, language: str, address: str = ""
    ) -> OutgoingMail:
        """Queue a mail; the address is kept under today's day key.

        Without an address the mail's row of origin (`reference`) knows it.
        """
        encrypted = b""
        if address:
            encrypted = day_keys.encrypt(address.encode(), _MAIL_PURPOSE)
        return self.create(
            kind=kind,
            reference=reference,
            language=language,
            address_encrypted=encrypted,
        )


class OutgoingMail(Leased):
    """A mail to be sent once. Deleted when the relay took it."""

    kind = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("reference"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=10)
    address_encrypted = models.BinaryField(_("address, encrypted"), blank=True)
    queued_on = models.DateField(_("queued on"), default=timezone.localdate)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()

    def address(self) -> str:
        """Return the address; raises `day_keys.DayKeyGone` or `Damaged`."""
        return day_keys.decrypt(self.address_encrypted, _MAIL_PURPOSE).decode()


class MailBudgetQuerySet(models.QuerySet["MailBudget"]):
    """How many mails each (unreadable) address was sent per day."""

    def spend(self, digest: bytes, day: date, limit: int) -> bool:
        """Use one mail of the day's budget; False when `limit` were used already.

        Safe with many workers at once: the count never passes the limit.
        """
        with transaction.atomic(using=self.db):
            fresh = self.model(day=day, digest=digest)
            self.bulk_create([fresh], ignore_conflicts=True)
            open_rows = self.filter(day=day, digest=digest, used__lt=limit)
            return open_rows.update(used=F("used") + 1) == 1


class MailBudget(models.Model):
    """A counter under `day_keys.digest`, which nobody can read after its day."""

    day = models.DateField(_("day"))
    digest = models.BinaryField(_("digest of the address"), max_length=32)
    used = models.PositiveSmallIntegerField(_("used"), default=0)

    objects = MailBudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail budget")
        verbose_name_plural = _("mail budgets")
        constraints = [
            models.UniqueConstraint(
                fields=("day", "digest"), name="safety_one_budget_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.used}"
