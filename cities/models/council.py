from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.models.from_record import FromRecord
from cities.partial_dates import HELP, PartialDate, validate_partial_date


class Council(FromRecord):
    """The elected body of a place, to which its petition is addressed."""

    place = models.OneToOneField(
        "cities.Place", models.CASCADE, related_name="council", verbose_name=_("place")
    )
    name = models.CharField(_("name"), max_length=160)
    website = models.URLField(_("website"), blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("councils")

    def __str__(self) -> str:
        return self.name


class PetitionRules(FromRecord):
    """What one council asks of a petition before it counts a signature.

    Where a council has none on record, `petitions` applies the stated default.
    `source` is the page the rules were read from and `checked_on` says when.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not known")

    class Way(models.TextChoices):
        ANY = "any", _("not stated")
        PAPER = "paper", _("on paper")
        EMAIL = "email", _("by e-mail")
        OFFICIAL_PAGE = "official", _("on the council's own page")

    council = models.OneToOneField(
        Council, models.CASCADE, related_name="rules", verbose_name=_("council")
    )
    takes_outside_petitions = models.CharField(
        _("takes outside petitions"),
        max_length=7,
        choices=Answer,
        default=Answer.UNKNOWN,
    )
    way = models.CharField(
        _("how to hand in"), max_length=8, choices=Way, default=Way.ANY
    )
    official_page = models.URLField(_("the council's own petition page"), blank=True)
    asks_postcode = models.BooleanField(_("asks for a postcode"), default=False)
    asks_postal_address = models.BooleanField(
        _("asks for a postal address"), default=False
    )
    allows_lives = models.BooleanField(
        _("people who live there may sign"), default=True
    )
    allows_works = models.BooleanField(
        _("people who work there may sign"), default=True
    )
    allows_studies = models.BooleanField(
        _("people who study there may sign"), default=True
    )
    is_connection_known = models.BooleanField(
        _("who may sign is known"),
        default=False,
        help_text=_("Off: the council's page does not say who may sign."),
    )
    publishes_names = models.CharField(
        _("publishes signers' names"),
        max_length=7,
        choices=Answer,
        default=Answer.UNKNOWN,
    )
    kept_for = models.CharField(_("how long it keeps them"), max_length=200, blank=True)
    notice = models.CharField(_("notice it asks for"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    checked_on = models.CharField(
        _("checked on"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=HELP,
    )
    from_stored_copy = models.BooleanField(
        _("read in a stored copy"),
        default=False,
        help_text=_("On: the live page was not seen; check it before relying on it."),
    )

    class Meta:
        verbose_name = _("petition rules")
        verbose_name_plural = _("petition rules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(allows_lives=True)
                | models.Q(allows_works=True)
                | models.Q(allows_studies=True),
                name="rules_somebody_may_sign",
            )
        ]

    def __str__(self) -> str:
        return str(self.council)

    @property
    def checked(self) -> PartialDate | None:
        """When the source was read, as exactly as is known."""
        return PartialDate.parse(self.checked_on)


class Threshold(FromRecord):
    """A number of valid signatures at which a council does something more."""

    rules = models.ForeignKey(
        PetitionRules,
        models.CASCADE,
        related_name="thresholds",
        verbose_name=_("petition rules"),
    )
    signatures = models.PositiveIntegerField(_("signatures"))
    triggers = models.CharField(_("what it triggers"), max_length=200)

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["signatures"]
        constraints = [
            models.UniqueConstraint(
                fields=["rules", "signatures"], name="threshold_once_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signatures}: {self.triggers}"
