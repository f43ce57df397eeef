from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NEEDS_A_WAY = _("Give an e-mail address or a phone number.")


class PressContactQuerySet(models.QuerySet["PressContact"]):
    def shown(self) -> PressContactQuerySet:
        """Keep the contacts that stand in the press room, in their order."""
        return self.filter(is_shown=True).order_by("position", "pk")


class PressContact(models.Model):
    """Whom a journalist may write to or call. Shown only when they agreed to it."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("As they want to be named in public; an office will do."),
    )
    role = models.CharField(_("role"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    note = models.CharField(
        _("when and in which languages"), max_length=200, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_shown = models.BooleanField(
        _("shown in the press room"),
        default=False,
        help_text=_("Only when this person has agreed to be named there."),
    )

    objects = PressContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="press_contact_can_be_reached",
                violation_error_message=NEEDS_A_WAY,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Ask for a way to reach them beside the field."""
        if not self.email and not self.phone:
            raise ValidationError({"email": NEEDS_A_WAY})

    @property
    def dial(self) -> str:
        """The phone number as a link has it: digits and the plus before them."""
        kept = "".join(sign for sign in self.phone if sign.isdigit())
        return f"+{kept}" if self.phone.lstrip().startswith("+") else kept
