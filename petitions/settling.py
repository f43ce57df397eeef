"""The verbs of a signature: confirm it, withdraw it, disown it.

Each is one transaction in which the signature, the petition's counters and the
day's tally change together, so that the figures are exact under concurrency.
"""

from __future__ import annotations

import datetime
import enum
import uuid

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from news.models import SubscriptionRequest
from petitions.models import DailyTally, Petition, Signature
from safety import day_keys, gone

State = Signature.State
# Binds the encrypted address to its use; it decrypts as nothing else.
ADDRESS_PURPOSE = "signature"


class Outcome(enum.Enum):
    """What came of confirming."""

    CONFIRMED = "confirmed"
    WITH_NEWS = "confirmed, and gets news by mail"
    ALREADY = "already"
    GONE = "gone"


def confirm(key: uuid.UUID, wants_news: bool = False) -> Outcome:
    """Count a signature once its signer has pressed the button.

    The address, the language, the code and every other attempt of the same
    address on this petition are wiped with it. A second press changes nothing; a
    withdrawn signature is gone and is never revived. Who wants news leaves the
    address to the news' own table, without a way back.
    """
    with transaction.atomic():
        signature = _locked_with_siblings(key)
        if signature is None:
            return Outcome.GONE
        if signature.is_settled:
            return Outcome.ALREADY
        address, language = address_of(signature), signature.language
        if not _settle(signature):
            signature.delete()
            return Outcome.ALREADY
        _forget_siblings(signature)
        _count(signature, 1)
        if wants_news and address:
            SubscriptionRequest.objects.hand_over(address, language)
            return Outcome.WITH_NEWS
        return Outcome.CONFIRMED


def address_of(signature: Signature) -> str | None:
    """Return the address of a signature that waits; None where nobody can read it."""
    blob = signature.email_encrypted or b""
    try:
        return day_keys.decrypt(blob, ADDRESS_PURPOSE).decode()
    except (day_keys.DayKeyGone, day_keys.Damaged):
        return None


def _locked_with_siblings(key: uuid.UUID) -> Signature | None:
    """Lock a signature and all attempts of its address, always in the same order.

    Two attempts confirmed at once would else each wait for the other's row.
    """
    rows = Signature.objects.filter(pk=key)
    found = rows.values_list("petition_id", "blind_index").first()
    if found and found[1] is not None:
        rows = Signature.objects.of_address(found[0], bytes(found[1]))
    locked = {row.pk: row for row in rows.order_by("pk").select_for_update()}
    return locked.get(key)


def _settle(signature: Signature) -> bool:
    """Move to confirmed or quarantined; False if the address has signed already."""
    signature.state = State.QUARANTINED if signature.is_suspect else State.CONFIRMED
    signature.confirmed_on = today()
    signature.email_encrypted = signature.code_digest = None
    signature.leased_until = signature.mailed_on = None
    signature.language = ""
    signature.tries = 0
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError:
        return False
    return True


def _forget_siblings(signature: Signature) -> None:
    attempts = Signature.objects.of_address(
        signature.petition_id, bytes(signature.blind_index or b"")
    )
    attempts.waiting().exclude(pk=signature.pk).delete()


def withdraw(key: uuid.UUID) -> bool:
    """Delete a signature and take it out of the figures; False if it is gone.

    Its uuid goes to an append-only file outside the database and its backups, so
    that a restored backup and a drawn export can be made to forget it too. After
    hand-in the same happens; only the figures kept with the hand-in stay.
    """
    with transaction.atomic():
        signature = Signature.objects.select_for_update().filter(pk=key).first()
        if signature is None:
            return False
        note_withdrawal(signature.pk)
        if signature.is_settled:
            _count(signature, -1)
        signature.delete()
        return True


def _count(signature: Signature, by: int, reason: str = "") -> None:
    """Change the petition's counters and today's tally by one signature."""
    day = today()
    if signature.state == State.QUARANTINED:
        if by > 0:
            DailyTally.add(signature.petition_id, day, quarantined=1)
        return
    valid = by if signature.council_valid else 0
    Petition.objects.filter(pk=signature.petition_id).update(
        supporters=models.F("supporters") + by,
        council_valid=models.F("council_valid") + valid,
    )
    change = reason or ("confirmed" if by > 0 else "withdrawn")
    DailyTally.add(signature.petition_id, day, **{change: 1})


def release_quarantined(petition: Petition) -> int:
    """Count a petition's quarantined signatures after all; return how many."""
    held = Signature.objects.filter(petition=petition, state=State.QUARANTINED)
    number = 0
    for key in list(held.values_list("pk", flat=True)):
        with transaction.atomic():
            signature = held.select_for_update().filter(pk=key).first()
            if signature is not None:
                signature.state = State.CONFIRMED
                signature.is_suspect = False
                signature.save(update_fields=["state", "is_suspect"])
                _count(signature, 1, reason="released")
                number += 1
    return number


def note_withdrawal(key: uuid.UUID) -> None:
    """Append a withdrawn signature's uuid to `withdrawn.txt` in `KEYS_DIR`."""
    gone.note(gone.WITHDRAWN, key)


def today() -> datetime.date:
    """Return the UTC day; signatures know no finer time."""
    return timezone.now().date()
