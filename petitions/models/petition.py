from __future__ import annotations

import datetime
import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.countries import COUNTRIES
from petitions import retention
from petitions.models.area_count import FEWEST

if TYPE_CHECKING:
    from petitions.models.wording import Wording


def new_nonce() -> bytes:
    """Return the random bytes that a petition's blind index is salted with."""
    return secrets.token_bytes(32)


class PetitionQuerySet(models.QuerySet["Petition"]):
    def public(self) -> PetitionQuerySet:
        """Leave out drafts."""
        return self.exclude(state=Petition.State.DRAFT)

    def running(self) -> PetitionQuerySet:
        """Keep the petitions that can be signed today."""
        today = timezone.now().date()
        return self.filter(
            state=Petition.State.OPEN, opens_on__lte=today, closes_on__gte=today
        )

    def with_addressee(self) -> PetitionQuerySet:
        """Load place, council, rules and thresholds with the petitions."""
        return self.select_related("place__council__rules").prefetch_related(
            "place__council__rules__thresholds"
        )


class Petition(models.Model):
    """One petition: to one council, to a country's councils, or to all of them.

    The counters are exact and change in the transaction that changes a signature:
    `supporters` counts every confirmed signature, `council_valid` those of them
    that meet the council's rules; `paper` and `in_person` stand beside them and
    are never added in. In public `council_valid_told` stands for `council_valid`; it
    moves at night, when at least `council_valid_wait` have come or gone.
    """

    class Scope(models.TextChoices):
        CITY = "city", _("one city")
        COUNTRY = "country", _("one country")
        WORLD = "world", _("worldwide")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        HANDED_IN = "handed_in", _("handed in")
        ANSWERED = "answered", _("answered")
        WON = "won", _("won")
        REFUSED = "refused", _("refused")

    scope = models.CharField(_("scope"), max_length=7, choices=Scope)
    place = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="petitions",
        verbose_name=_("place"),
    )
    country = models.CharField(
        _("country"), max_length=2, choices=COUNTRIES, blank=True
    )
    addressee = models.CharField(_("addressee"), max_length=160, blank=True)
    twinnings = models.ManyToManyField(
        "cities.Twinning", blank=True, verbose_name=_("twinnings")
    )
    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.DRAFT
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    handed_in_on = models.DateField(
        _("handed in on"), null=True, blank=True, editable=False
    )
    emptied_on = models.DateField(
        _("what signers gave was deleted on"), null=True, blank=True, editable=False
    )
    supporters = models.PositiveIntegerField(_("supporters"), default=0, editable=False)
    council_valid = models.PositiveIntegerField(
        _("valid for the council"), default=0, editable=False
    )
    council_valid_told = models.PositiveIntegerField(default=0, editable=False)
    council_valid_wait = models.PositiveSmallIntegerField(
        default=FEWEST, editable=False
    )
    paper = models.PositiveIntegerField(_("on paper"), default=0, editable=False)
    in_person = models.PositiveIntegerField(_("in person"), default=0, editable=False)
    index_nonce = models.BinaryField(default=new_nonce, null=True, editable=False)
    lead_petitioner_sealed = models.BinaryField(null=True, editable=False)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope="city", place__isnull=False, country="")
                | (
                    models.Q(scope="country", place__isnull=True)
                    & ~models.Q(country="")
                )
                | models.Q(scope="world", place__isnull=True, country=""),
                name="petition_scope_fits_addressee",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="petition_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(council_valid__lte=models.F("supporters")),
                name="petition_valid_within_supporters",
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(state="open"),
                name="petition_one_open_per_place",
            ),
        ]
        indexes = [models.Index(fields=["state", "slug"])]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("petitions:petition", args=[self.slug])

    def close(self, day: datetime.date) -> None:
        """Close the petition to new signatures from this day on."""
        self.state = self.State.CLOSED
        self.closes_on = max(min(self.closes_on, day), self.opens_on)
        self.save(update_fields=["state", "closes_on"])

    def hand_in(self, day: datetime.date) -> None:
        """Note that the council has it, and erase what the index is made with."""
        self.state = self.State.HANDED_IN
        self.handed_in_on = day
        self.index_nonce = None
        self.save(update_fields=["state", "handed_in_on", "index_nonce"])

    @cached_property
    def wording(self) -> Wording:
        """The wording that stands now; a signature keeps the one it was given to."""
        return self.wordings.latest("number")

    @property
    def is_running(self) -> bool:
        """Tell whether it can be signed today."""
        today = timezone.now().date()
        return (
            self.state == self.State.OPEN and self.opens_on <= today <= self.closes_on
        )

    @property
    def accepts_confirmations(self) -> bool:
        """Tell whether a signature given before closing can still be confirmed."""
        if self.state not in (self.State.OPEN, self.State.CLOSED):
            return False
        last = self.closes_on + retention.CONFIRM_AFTER_CLOSING
        return timezone.now().date() <= last

    @property
    def accepts_withdrawals(self) -> bool:
        """Tell whether a withdrawal still keeps a signature from the council.

        After hand-in it deletes what this site holds; the council has its list.
        """
        return self.handed_in_on is None

    @property
    def has_council(self) -> bool:
        """Tell whether one council is addressed, so that names can be handed in."""
        return self.scope == self.Scope.CITY

    @property
    def deletes_on(self) -> datetime.date:
        """The day by which what was sealed is deleted, as printed on the page."""
        return retention.deletion_day(self.opens_on, self.closes_on, self.handed_in_on)

    @property
    def context(self) -> str:
        """What a sealed record is bound to; it opens for no other petition."""
        return f"petition:{self.slug}"
