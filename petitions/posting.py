"""What the worker does: received rows become mails, slowly and one by one.

The slow hash of the address is made here and never in a request. Each row is
leased, so a killed worker loses nothing; at worst a mail goes out twice.
"""

from __future__ import annotations

import datetime
import hmac
import logging
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error as AnyDatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from petitions.mailing import LINK_MAIL, already_mail, confirmation_mail, link_mail
from petitions.models import Petition, Signature
from petitions.settling import address_of, today
from safety import day_keys
from safety.blind_index import blind_index
from safety.links import code_digest, make_code
from safety.mailboxes import normalise
from safety.models import Leased, MailBudget, OutgoingMail

logger = logging.getLogger(__name__)

LEASE_SECONDS = 120
LONGEST_WAIT_SECONDS = 300
MAILS_PER_PETITION = 3
MAILS_PER_DAY = 5
UNREADABLE = (day_keys.DayKeyGone, day_keys.Damaged)

Row = TypeVar("Row", bound=Leased)


@dataclass
class Post:
    """One connection to the relay, and what came of the rows worked through."""

    connection: BaseEmailBackend = field(default_factory=get_connection)
    done: dict[str, int] = field(default_factory=dict)

    def send(self, message: EmailMessage) -> None:
        """Send one mail over the open connection; raises what the relay raises."""
        self.connection.send_messages([message])


def post_received(limit: int = 25) -> dict[str, int]:
    """Work through received signatures; return how many came to what."""
    rows = Signature.objects.filter(state=Signature.State.RECEIVED)
    return _each(
        rows.order_by("received_on").lease(limit, LEASE_SECONDS), post_signature
    )


def post_links(limit: int = 25) -> dict[str, int]:
    """Work through requests for a new link; return how many came to what."""
    rows = OutgoingMail.objects.filter(kind=LINK_MAIL)
    return _each(rows.lease(limit, LEASE_SECONDS), post_link)


def _each(rows: Sequence[Row], work: Callable[[Post, Row], str]) -> dict[str, int]:
    """Do the work on each row; when the relay is down, put the rest back."""
    post = Post()
    for position, row in enumerate(rows):
        try:
            result = work(post, row)
        except smtplib.SMTPRecipientsRefused as refusal:
            result = _refused(row, refusal)
        except smtplib.SMTPDataError:
            result = _put_off(row)  # This one mail; the relay takes others.
        except (OSError, smtplib.SMTPException):
            for waiting in rows[position:]:
                _put_off(waiting)
            post.done["relay down"] = len(rows) - position
            break
        except AnyDatabaseError:
            raise
        except Exception:
            # A fault of ours on one row must not stop the mails of all others.
            logger.exception("A row could not be worked on and is tried again later.")
            result = _put_off(row)
        post.done[result] = post.done.get(result, 0) + 1
    post.connection.close()
    return post.done


def _put_off(row: Leased) -> str:
    """Try again later: the wait doubles up to five minutes."""
    seconds = min(10 * 2 ** min(row.tries, 6), LONGEST_WAIT_SECONDS)
    _put_back(row, seconds)
    return "put off"


def _refused(row: Leased, refusal: smtplib.SMTPRecipientsRefused) -> str:
    """Drop a row whose address the relay will never take; else try again later."""
    codes = [code for code, _ in refusal.recipients.values()]
    if all(code >= 500 for code in codes):
        _still_waiting(row).delete()
        return "refused"
    return _put_off(row)


def _put_back(row: Leased, seconds: float) -> None:
    until = timezone.now() + datetime.timedelta(seconds=seconds)
    _still_waiting(row).update(leased_until=until)


def _still_waiting(row: Leased) -> QuerySet[Any]:
    """Return the row, unless it was confirmed or deleted while it was in hand."""
    if isinstance(row, Signature):
        return Signature.objects.filter(pk=row.pk, state=Signature.State.RECEIVED)
    return type(row)._default_manager.filter(pk=row.pk)


# --- Confirmation mails ------------------------------------------------------
def post_signature(post: Post, signature: Signature) -> str:
    """Mail one received signature, or drop it; return what came of it."""
    petition = signature.petition
    address = address_of(signature)
    if address is None or petition.index_nonce is None:
        _still_waiting(signature).delete()
        return "expired"
    is_first_try = signature.blind_index is None
    index = bytes(
        signature.blind_index or blind_index(address, bytes(petition.index_nonce))
    )
    attempts = Signature.objects.of_address(petition.pk, index)
    if attempts.settled().exists():
        return _answer_repeated(post, signature, address, index, is_first_try)
    if is_first_try and attempts.waiting().count() >= MAILS_PER_PETITION:
        _still_waiting(signature).delete()
        return "capped"
    if is_first_try and not _spend_day(address):
        _put_back(signature, _seconds_to_midnight())
        return "put off"
    return _ask_to_confirm(post, signature, address, index)


def _ask_to_confirm(
    post: Post, signature: Signature, address: str, index: bytes
) -> str:
    """Send the confirmation mail. Each attempt keeps its own row and its own link."""
    code = make_code()
    mine = _still_waiting(signature)
    mine.update(blind_index=index, code_digest=code_digest(signature.petition_id, code))
    post.send(confirmation_mail(signature, address, code))
    mine.update(
        state=Signature.State.PENDING, mailed_on=today(), leased_until=None, tries=0
    )
    return "mailed"


def _answer_repeated(
    post: Post, signature: Signature, address: str, index: bytes, is_first_try: bool
) -> str:
    """Tell an address that has signed before, at most weekly; delete the copy."""
    if is_first_try:
        if not (_spend_week(index) and _spend_day(address)):
            _still_waiting(signature).delete()
            return "repeated"
        _still_waiting(signature).update(blind_index=index)
    elif not _still_waiting(signature).exists():
        return "confirmed meanwhile"
    post.send(already_mail(signature, address))
    _still_waiting(signature).delete()
    return "repeated"


def _spend_day(address: str) -> bool:
    digest = day_keys.digest("mail budget", normalise(address))
    return MailBudget.objects.spend(digest, today(), MAILS_PER_DAY)


def _spend_week(index: bytes) -> bool:
    """Allow one mail in any seven days."""
    digest = hmac.digest(settings.INDEX_KEY.encode(), b"again" + index, "sha256")
    week_ago = today() - datetime.timedelta(days=7)
    if MailBudget.objects.filter(digest=digest, day__gt=week_ago).exists():
        return False
    return MailBudget.objects.spend(digest, today(), 1)


def _seconds_to_midnight() -> float:
    """Return the seconds until the next UTC day, when budgets begin anew."""
    now = timezone.now()
    tomorrow = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=5)
    return (tomorrow - now).total_seconds()


# --- New links ---------------------------------------------------------------
def post_link(post: Post, mail: OutgoingMail) -> str:
    """Mail a new link if the address has signed; nothing otherwise."""
    found = _signature_asked_for(mail)
    if found is None:
        mail.delete()
        return "no signature"
    signature, address = found
    if mail.tries <= 1 and not _spend_day(address):
        mail.delete()
        return "capped"
    post.send(link_mail(signature, address, mail.language))
    mail.delete()
    return "link mailed"


def _signature_asked_for(mail: OutgoingMail) -> tuple[Signature, str] | None:
    petition = Petition.objects.filter(pk=mail.reference).first()
    try:
        address = mail.address()
    except UNREADABLE:
        return None
    if petition is None or petition.index_nonce is None:
        return None
    index = blind_index(address, bytes(petition.index_nonce))
    attempts = Signature.objects.of_address(petition.pk, index)
    # Of several attempts some may be another person's: none is the one to confirm.
    waiting = list(attempts.waiting()[:2])
    signature = attempts.settled().first() or (
        waiting[0] if len(waiting) == 1 else None
    )
    return (signature, address) if signature else None
