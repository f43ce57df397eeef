"""Tells Django about this room."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """What keeps signers safe."""

    name = "safety"
    verbose_name = _("safety")

    def ready(self) -> None:
        """Keep the roles in step after each migration, and listen for logins."""
        from safety.organisers import key_changes, sessions  # noqa: F401 they register
        from safety.organisers.roles import write_groups

        post_migrate.connect(write_groups, dispatch_uid="desk-roles")
