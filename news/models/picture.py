from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.picture_files import address


class Picture(models.Model):
    """A picture that organisers put on the site; its files are named by its digest.

    The file that was uploaded is never kept: what is served was drawn anew from its
    pixels, without what the camera noted of place, time and device.
    """

    class Licence(models.TextChoices):
        CC0 = "cc0", "CC0 1.0"
        CC_BY = "cc-by", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
        OGL = "ogl", _("Open Government Licence 3.0")
        PERMISSION = "permission", _("used with permission, all rights reserved")

    LICENCE_URLS = {
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
        Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
        Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
        Licence.OGL: (
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
        ),
    }

    digest = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    widths = models.JSONField(default=list, editable=False)
    alt = models.CharField(
        _("what it shows"),
        max_length=300,
        blank=True,
        help_text=_("For people who do not see it: what is to be seen, in one phrase."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not, so it needs no words."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, help_text=_("Who made it; shown beneath it.")
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence)
    people_agreed = models.BooleanField(
        _(
            "Nobody can be recognised in it, or everybody who can be has agreed to be "
            "shown on this site"
        ),
        default=False,
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(people_agreed=True), name="picture_people_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(credit="") & ~Q(licence=""), name="picture_has_a_credit"
            ),
            models.CheckConstraint(
                condition=Q(decorative=True)
                | Q(alt_en__gt="", alt_en__isnull=False)
                & Q(alt_zh_hant__gt="", alt_zh_hant__isnull=False)
                & Q(alt_zh_hans__gt="", alt_zh_hans__isnull=False),
                name="picture_is_described",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.alt or self.credit}"

    @property
    def mark(self) -> str:
        """What places it in a text."""
        return f"![](picture:{self.pk})"

    @property
    def licence_url(self) -> str:
        """Where its licence can be read; empty where it has no page."""
        return self.LICENCE_URLS.get(self.Licence(self.licence), "")

    @property
    def src(self) -> str:
        """The address of its widest file."""
        return address(self.digest, self.width)

    @property
    def small_src(self) -> str:
        """The address of its narrowest file."""
        return address(self.digest, min(self.widths))

    @property
    def srcset(self) -> str:
        """Every width, for browsers to choose from."""
        return ", ".join(f"{address(self.digest, w)} {w}w" for w in self.widths)
