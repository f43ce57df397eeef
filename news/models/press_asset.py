from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PressAssetQuerySet(models.QuerySet["PressAsset"]):
    def shown(self) -> PressAssetQuerySet:
        """Keep the pictures that the press may take, by name."""
        return self.filter(is_shown=True).order_by("slug")


class PressAsset(models.Model):
    """A picture for the press. Its files are named by the digest of their content."""

    class Licence(models.TextChoices):
        CC0 = "cc0", "CC0 1.0"
        CC_BY = "cc-by", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
        PRESS = "press", _("free for reports about the campaign, with the credit")

    LICENCE_URLS = {
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
        Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
        Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    }

    slug = models.SlugField(
        _("file name"),
        unique=True,
        max_length=80,
        help_text=_("Letters, digits and hyphens, such as sheffield-stall-2022."),
    )
    alt = models.CharField(
        _("what it shows"), max_length=300, help_text=_("In one phrase.")
    )
    credit = models.CharField(_("credit"), max_length=200)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence)
    people_agreed = models.BooleanField(
        _("nobody can be recognised in it, or everybody who can be has agreed"),
        default=False,
        help_text=_(
            "Look at faces in the background, name badges and number plates too. The "
            "press will print it, and nobody can take it back from there."
        ),
    )
    is_shown = models.BooleanField(_("shown in the press room"), default=True)
    digest = models.CharField(max_length=32, editable=False)
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    weight = models.PositiveIntegerField(_("bytes"), editable=False)

    objects = PressAssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("press picture")
        verbose_name_plural = _("press pictures")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people_agreed=True), name="press_picture_people_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(credit="") & ~Q(licence=""),
                name="press_picture_has_a_credit",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("root:press-picture", args=[self.slug])

    @property
    def small_url(self) -> str:
        """The address of the small picture that the page shows."""
        return reverse("root:press-picture-small", args=[self.slug, self.digest[:8]])

    @property
    def licence_url(self) -> str:
        """Where its licence can be read; empty where it has no page."""
        return self.LICENCE_URLS.get(self.Licence(self.licence), "")
