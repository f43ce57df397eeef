from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news import consent
from news.models.subscriber import new_nonce
from safety import day_keys
from safety.links import make_token
from safety.models import Leased, LeasedQuerySet

_PURPOSE = "subscription request"


class SubscriptionRequestQuerySet(LeasedQuerySet["SubscriptionRequest"]):
    """Addresses on their way to becoming subscribers."""

    def receive(self, address: str, language: str, place: str = "") -> None:
        """Store what was typed, to be asked by mail. The same for every address."""
        details = encrypted(address, place)
        self.create(details_encrypted=details, language=language)

    def hand_over(self, address: str, language: str) -> None:
        """Take an address that was confirmed elsewhere, for all news.

        Whence it came is not stored, and from the next day on neither is this row.
        """
        self.create(
            details_encrypted=encrypted(address),
            language=language,
            state=SubscriptionRequest.State.CONFIRMED,
            confirmed_on=utc_day(),
        )

    def to_be_mailed(self) -> SubscriptionRequestQuerySet:
        """Keep those that wait for their mail."""
        return self.filter(state=SubscriptionRequest.State.RECEIVED)

    def ready(self, day: datetime.date) -> SubscriptionRequestQuerySet:
        """Keep what was confirmed before a day; in development also that day's.

        All of a day become subscribers together, in random order. So no order, no
        transaction and no time tells whose yes it was among those of that day.
        """
        confirmed = self.filter(state=SubscriptionRequest.State.CONFIRMED)
        return confirmed if settings.DEBUG else confirmed.filter(confirmed_on__lt=day)

    def overdue(self, day: datetime.date) -> SubscriptionRequestQuerySet:
        """Keep what nobody confirmed: from the third day after the mail on.

        What was never mailed goes when the day key of its address does.
        """
        last = day - datetime.timedelta(days=consent.UNCONFIRMED_DAYS)
        waiting = self.exclude(state=SubscriptionRequest.State.CONFIRMED)
        mailed = models.Q(mailed_on__lte=last)
        never = models.Q(mailed_on=None, received_on__lt=day - day_keys.LIFETIME)
        return waiting.filter(mailed | never)


class SubscriptionRequest(Leased):
    """An address that asked for news, readable under a day key only.

    It becomes a subscriber on the day after it was confirmed, and this row is
    deleted. What nobody confirms never reaches a key that lives longer.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        MAILED = "mailed", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nonce = models.BinaryField(max_length=16, default=new_nonce)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.RECEIVED
    )
    details_encrypted = models.BinaryField(_("details, encrypted"))
    language = models.CharField(_("language"), max_length=10)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    mailed_on = models.DateField(_("mailed on"), null=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True)

    objects = SubscriptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription request")
        verbose_name_plural = _("subscription requests")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="confirmed")
                ^ models.Q(confirmed_on__isnull=True),
                name="news_confirmed_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.state

    def details(self) -> dict[str, str]:
        """Return `email`, `place` (a slug or empty) and `consent`.

        Raises `day_keys.DayKeyGone` or `day_keys.Damaged`.
        """
        found: dict[str, str] = json.loads(
            day_keys.decrypt(self.details_encrypted, _PURPOSE)
        )
        return found

    @property
    def token(self) -> str:
        """Return the token of a fresh link to it."""
        return make_token(self.pk, self.nonce)

    def confirm(self) -> None:
        """Take the yes of its owner; a second press changes nothing.

        It is encrypted anew, so that today's key carries it until tomorrow.
        """
        details = self.details()
        waiting = SubscriptionRequest.objects.filter(pk=self.pk, confirmed_on=None)
        waiting.update(
            state=self.State.CONFIRMED,
            confirmed_on=utc_day(),
            details_encrypted=encrypted(details["email"], details["place"]),
        )

    @property
    def is_confirmed(self) -> bool:
        """Tell whether its owner has pressed the button."""
        return self.state == self.State.CONFIRMED


def encrypted(address: str, place: str = "") -> bytes:
    """Return an address with its list and the text agreed to, under today's key."""
    details: dict[str, Any] = {
        "email": address,
        "place": place,
        "consent": consent.CONSENT_VERSION,
    }
    return day_keys.encrypt(json.dumps(details).encode(), _PURPOSE)


def utc_day() -> datetime.date:
    """Return today by the clock of the world; nobody's consent has a finer time."""
    return timezone.now().date()
