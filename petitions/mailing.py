"""The mails of a petition, one small function each. None names petition or person."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from detwin.mail import compose
from petitions import retention
from petitions.links import token_of
from petitions.models import Petition, Signature
from safety.models import OutgoingMail

LINK_MAIL = "petition-link"


def confirmation_mail(signature: Signature, address: str, code: str) -> EmailMessage:
    """Build the mail with the link and the code by which a signer confirms."""
    context = {
        "link": link_to(signature, signature.language),
        "code": code,
        "valid_until": valid_until(),
    }
    return compose("confirm", address, signature.language, context)


def already_mail(signature: Signature, address: str) -> EmailMessage:
    """Build the mail for an address that has signed before; nothing has changed."""
    context: dict[str, Any] = {"valid_until": valid_until()}
    return compose("already", address, signature.language, context)


def link_mail(signature: Signature, address: str, language: str) -> EmailMessage:
    """Build the mail with a new link to a signature."""
    return compose("link", address, language, {"link": link_to(signature, language)})


def queue_link(petition: Petition, address: str, language: str) -> None:
    """Queue a request for a new link; the worker finds out whether there is one."""
    OutgoingMail.objects.queue(LINK_MAIL, str(petition.pk), language, address)


def link_to(signature: Signature, language: str) -> str:
    """Return the whole address of a signature's page, in one language."""
    with override(language):
        path = reverse("petitions:token", args=[token_of(signature)])
    return f"{settings.SITE_URL}{path}"


def valid_until() -> datetime.date:
    """Return the last whole day on which a link made now still confirms.

    On the third UTC day what was not confirmed is deleted.
    """
    days = datetime.timedelta(days=retention.UNCONFIRMED_DAYS - 1)
    return timezone.now().date() + days
