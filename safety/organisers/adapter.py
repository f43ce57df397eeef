"""What the passkey library asks about our site."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


class DeskAdapter(DefaultMFAAdapter):  # type: ignore[misc] # untyped library
    """Names no e-mail address to anybody's device, and keeps codes encrypted."""

    def encrypt(self, text: str) -> str:
        """Return the seed of recovery codes as a stolen database may hold it."""
        return _ring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the seed again."""
        return _ring().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host that the desk was opened under."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the account as its organiser does."""
        name = user.get_username()
        # The library reads this very form again when the passkey says whose it is.
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": name, "name": name}


def _ring() -> Fernet:
    key = hashlib.sha256(b"recovery codes|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
