"""From a link or a code in a mail to the signature it stands for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from petitions import retention
from petitions.models import Petition, Signature
from safety.links import code_digest, make_token, opened, row_of


@dataclass(frozen=True)
class Opened:
    """A signature that a valid link leads to, with its petition."""

    signature: Signature
    petition: Petition


def token_of(signature: Signature) -> str:
    """Return the token of a fresh link to a signature."""
    return make_token(signature.pk, bytes(signature.nonce))


def open_token(token: str) -> Opened | None:
    """Return what a link leads to; None if it is altered, foreign, dead or too old.

    Its age matters only while the signer has not confirmed.
    """
    read = opened(token)
    rows = Signature.objects.select_related("petition__place__council", "wording")
    signature = row_of(read, rows.defer("sealed"))
    if read is None or signature is None:
        return None
    if not signature.is_settled and (
        read.age > retention.LINK_LIFE or is_overdue(signature)
    ):
        return None
    return Opened(signature, signature.petition)


def token_for_code(petition: Petition, code: str) -> str | None:
    """Return a token for a code that was mailed and not used yet, or None."""
    signature = (
        Signature.objects.waiting()
        .filter(petition=petition, code_digest=code_digest(petition.pk, code))
        .first()
    )
    if signature is None or is_overdue(signature):
        return None
    return token_of(signature)


def is_overdue(signature: Signature) -> bool:
    """Tell whether an unconfirmed signature should have been purged by now.

    A code makes a fresh link; this keeps it from outliving what was mailed.
    """
    last = timezone.now().date() - datetime.timedelta(days=retention.UNCONFIRMED_DAYS)
    return signature.mailed_on is not None and signature.mailed_on <= last
