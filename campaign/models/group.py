from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NEEDS_CONSENT = _("A group is named only when it agreed to it.")


class GroupQuerySet(models.QuerySet["Group"]):
    def listed(self) -> GroupQuerySet:
        """Keep the groups that may be named in public, by city, then by name."""
        return (
            self.filter(state=Group.State.APPROVED)
            .select_related("place")
            .order_by("place__name_en", "name_en", "pk")
        )


class Group(models.Model):
    """A group that is in the campaign. Named in public only when it agreed to it."""

    class State(models.TextChoices):
        NEW = "new", _("to be checked")
        APPROVED = "approved", _("approved")
        LEFT = "left", _("left")

    name = models.CharField(_("name"), max_length=150)
    about = models.CharField(
        _("about it"), max_length=300, blank=True, help_text=_("One sentence.")
    )
    place = models.ForeignKey(
        "cities.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaign_groups",
        verbose_name=_("city"),
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    contact = models.CharField(
        _("contact"),
        max_length=300,
        blank=True,
        help_text=_("For organisers only. An office or a shared mailbox, no person."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.NEW
    )
    agreed_on = models.DateField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_("The day on which the group itself said that we may name it."),
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(agreed_on__isnull=False),
                name="group_is_named_only_when_it_agreed",
                violation_error_message=NEEDS_CONSENT,
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    def clean(self) -> None:
        """Ask for the day of the consent beside the field that lacks it."""
        if self.state == self.State.APPROVED and self.agreed_on is None:
            raise ValidationError({"agreed_on": NEEDS_CONSENT})


class StatementSignatureQuerySet(models.QuerySet["StatementSignature"]):
    def public(self) -> StatementSignatureQuerySet:
        """Keep the signatures of groups that may be named, the first signer first."""
        return (
            self.filter(group__state=Group.State.APPROVED)
            .select_related("group__place")
            .order_by("signed_on", "pk")
        )


class StatementSignature(models.Model):
    """A group stands behind one version of the joint statement."""

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="signatures", verbose_name=_("group")
    )
    version = models.PositiveSmallIntegerField(_("version of the statement"))
    signed_on = models.DateField(_("signed on"))

    objects = StatementSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature of the statement")
        verbose_name_plural = _("signatures of the statement")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "version"], name="group_signs_a_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.version}"
