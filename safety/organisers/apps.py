"""Installs the passkey library's tables without its middleware."""

from __future__ import annotations

from allauth.account import apps


class AccountConfig(apps.AccountConfig):  # type: ignore[misc] # untyped library
    """Its accounts, which its passkeys need; every request would pay for the rest."""

    def ready(self) -> None:
        """Leave out the library's check that its middleware is there."""
