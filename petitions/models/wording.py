from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from detwin.languages import CODES, in_language

TEXT_FIELDS = ("title", "ask", "body")


class Wording(models.Model):
    """The text of a petition, numbered. Frozen once a signature rests on it."""

    petition = models.ForeignKey(
        "petitions.Petition",
        models.CASCADE,
        related_name="wordings",
        verbose_name=_("petition"),
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    title = models.CharField(_("title"), max_length=300)
    ask = models.TextField(_("ask"))
    body = models.TextField(_("body"), help_text=_("Markdown"))
    council_language = models.CharField(
        _("the council's language"),
        max_length=12,
        blank=True,
        help_text=_("A language tag such as de or ja, when it is none of ours."),
    )
    council_text = models.TextField(_("text in the council's language"), blank=True)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["petition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "number"], name="wording_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the text's digest; refuse to change what somebody has signed."""
        digest = self.digest()
        if self.sha256 and self.sha256 != digest and self.is_signed:
            raise ValidationError(
                _("People have signed this wording. Add a new number instead."),
                code="frozen",
            )
        self.sha256 = digest
        super().save(*args, **kwargs)

    def digest(self) -> str:
        """Return the SHA-256 of the whole text in every language, in hex."""
        texts = {
            f"{field}_{code}": in_language(self, field, code)
            for field in TEXT_FIELDS
            for code in CODES
        }
        texts["council_text"] = self.council_text
        whole = json.dumps(texts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def is_signed(self) -> bool:
        """Tell whether any signature rests on this wording."""
        return self.signatures.filter(petition_id=self.petition_id).exists()


class WordingTemplate(models.Model):
    """One text for many petitions.

    `{place}`, `{council}` and `{twins}` are filled in for each of them, in the
    language of the text.
    """

    class Use(models.TextChoices):
        CITY_PRESUMED = "city_presumed", _("a city whose tie is presumed to stand")
        CITY_CONFIRMED = "city_confirmed", _("a city whose tie is confirmed")
        COUNTRY_GB = "country_gb", _("the United Kingdom")
        COUNTRY_DE = "country_de", _("Germany")
        WORLD = "world", _("worldwide")

    use = models.CharField(_("for"), max_length=20, choices=Use, unique=True)
    title = models.CharField(_("title"), max_length=300)
    ask = models.TextField(_("ask"))
    body = models.TextField(_("body"), help_text=_("Markdown"))
    addressee = models.CharField(_("addressee"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("wording template")
        verbose_name_plural = _("wording templates")

    def __str__(self) -> str:
        return self.get_use_display()
