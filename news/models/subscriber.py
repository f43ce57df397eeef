from __future__ import annotations

import datetime
import secrets
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.models import Place
from news import consent
from safety import gone, ring
from safety.blind_index import blind_index
from safety.links import make_token
from safety.models import Leased, LeasedQuerySet

# The index of an address here is another than any petition's: those begin with 16
# random bytes of the petition's own.
INDEX_PURPOSE = b"subscriber of the news, 1"


def new_nonce() -> bytes:
    """Return the random bytes that make a subscriber's links unguessable."""
    return secrets.token_bytes(16)


def index_of(address: str) -> bytes:
    """Return the slow hash by which an address is found again; worker only."""
    return blind_index(address, INDEX_PURPOSE)


class SubscriberQuerySet(LeasedQuerySet["Subscriber"]):
    """Who gets news by mail."""

    def on_list(self, place: int | None) -> SubscriberQuerySet:
        """Keep those on the list of one place; None is the list of all news."""
        return (
            self.filter(gets_all=True) if place is None else self.filter(places=place)
        )

    def lapsed(self, day: datetime.date) -> SubscriberQuerySet:
        """Keep those who have not said yes for 24 months."""
        return self.filter(consented_on__lte=consent.last_lapsed(day))

    def to_be_asked(self, day: datetime.date) -> SubscriberQuerySet:
        """Keep those whose consent ends within a month, who were not asked yet."""
        soon = consent.last_lapsed(day + consent.ASKED_BEFORE)
        return self.filter(asked_on=None, consented_on__lte=soon)

    def enrol(
        self,
        address: str,
        places: Iterable[Place],
        language: str,
        version: str,
        consented_on: datetime.date,
    ) -> Subscriber:
        """Add an address to the lists of places, or to that of all news.

        Who is a subscriber already stays one row: lists are added to, language and
        consent are the newer ones. Hashes slowly; call it in the worker only.
        """
        chosen, index = list(places), index_of(address)
        with transaction.atomic():
            fresh = {
                "email_encrypted": ring.encrypt(address),
                "consented_on": consented_on,
            }
            rows = self.select_for_update()
            subscriber, _made = rows.get_or_create(blind_index=index, defaults=fresh)
            subscriber.gets_all |= not chosen
            subscriber.language, subscriber.consent_version = language, version
            subscriber.renew(consented_on)
            subscriber.save()
            subscriber.places.add(*chosen)
        return subscriber


class Subscriber(Leased):
    """Somebody who asked for news by mail, confirmed, on one list or several.

    Nothing leads from here to a signature: the key is random, the index is of
    another kind, days have no time, and rows are made in random order on the day
    after the consent (see `SubscriptionRequest`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nonce = models.BinaryField(max_length=16, default=new_nonce)
    email_encrypted = models.BinaryField(_("address, encrypted"))
    blind_index = models.BinaryField(_("index of the address"), max_length=16)
    gets_all = models.BooleanField(_("all news"), default=False)
    places = models.ManyToManyField(
        "cities.Place",
        blank=True,
        related_name="+",
        verbose_name=_("news of these places"),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    consent_version = models.CharField(_("text agreed to"), max_length=10)
    consented_on = models.DateField(_("agreed on"), default=timezone.localdate)
    asked_on = models.DateField(_("asked again on"), null=True)
    refusals = models.PositiveSmallIntegerField(_("refusals in a row"), default=0)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["blind_index"], name="news_one_subscriber_an_address"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def renew(self, day: datetime.date) -> None:
        """Take a new yes; saves nothing."""
        self.consented_on = max(day, self.consented_on)
        self.asked_on, self.refusals = None, 0

    def say_yes_again(self) -> None:
        """Renew the consent from today on."""
        self.renew(timezone.now().date())
        fields = ["consented_on", "asked_on", "refusals", "consent_version"]
        self.consent_version = consent.CONSENT_VERSION
        self.save(update_fields=fields)

    def stop(self) -> None:
        """Delete the address for good; a restored backup is made to forget it too."""
        gone.note(gone.UNSUBSCRIBED, self.pk)
        Subscriber.objects.filter(pk=self.pk).delete()

    def refuse(self) -> bool:
        """Count that the relay refused the address for good; True if it was deleted."""
        mine = Subscriber.objects.filter(pk=self.pk)
        mine.update(refusals=models.F("refusals") + 1)
        number, _by = mine.filter(refusals__gte=consent.MOST_REFUSALS).delete()
        return number > 0

    def address(self) -> str:
        """Return the e-mail address; raises `ring.Unreadable`."""
        return ring.decrypt(self.email_encrypted)

    @property
    def token(self) -> str:
        """Return the token of a link to it; it works as long as the row is there."""
        return make_token(self.pk, self.nonce)

    @property
    def ends_on(self) -> datetime.date:
        """The day on which it is deleted unless its owner says yes again."""
        return consent.ends_on(self.consented_on)
