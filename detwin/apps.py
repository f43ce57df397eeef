"""Tells Django about the wiring, which brings the system checks."""

from __future__ import annotations

from django.apps import AppConfig


class DetwinConfig(AppConfig):
    """What ties the rooms together."""

    name = "detwin"

    def ready(self) -> None:
        """Register the checks."""
        from detwin import checks  # noqa: F401 importing registers them
