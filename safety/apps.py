"""Tells Django about this room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """What keeps signers safe."""

    name = "safety"
    verbose_name = _("safety")
