from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from detwin.languages import NAMES


class Coverage(models.Model):
    """What others published about the campaign: where it can be read, not its text."""

    class Language(models.TextChoices):
        ENGLISH = "en", NAMES["en"]
        TRADITIONAL = "zh-Hant", NAMES["zh-hant"]
        SIMPLIFIED = "zh-Hans", NAMES["zh-hans"]
        GERMAN = "de", "Deutsch"
        JAPANESE = "ja", "日本語"
        SWEDISH = "sv", "Svenska"
        FRENCH = "fr", "Français"
        OTHER = "und", _("another language")

    title = models.CharField(
        _("title"), max_length=250, help_text=_("As it stands there, not translated.")
    )
    outlet = models.CharField(_("outlet"), max_length=120)
    day = models.DateField(_("day"))
    url = models.URLField(_("address"), max_length=500, unique=True)
    language = models.CharField(_("language"), max_length=10, choices=Language)

    class Meta:
        verbose_name = _("press report")
        verbose_name_plural = _("press reports")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title}"
