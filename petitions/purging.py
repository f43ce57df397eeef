"""Deleting what was promised to be deleted, on the day it was promised for."""

from __future__ import annotations

import datetime

from django.db import connection, transaction

from cities.models import ErrorReport
from news.subscribing import delete_due
from petitions import retention
from petitions.models import Deletion, Petition, Signature
from petitions.settling import today
from safety import day_keys
from safety.models import MailBudget, OutgoingMail
from safety.organisers.sessions import clear_expired

KEPT_BUDGET_DAYS = 8


def purge() -> dict[str, int]:
    """Delete all that is due; return how many of each. Running it twice is harmless."""
    day = today()
    done = {
        "petitions closed": close_ended(day),
        "unconfirmed signatures": delete_unconfirmed(day),
        "petitions emptied": sum(empty(petition) for petition in due_petitions(day)),
        "queued mails": OutgoingMail.objects.filter(
            queued_on__lt=day - datetime.timedelta(days=retention.UNCONFIRMED_DAYS)
        ).delete()[0],
        **delete_due(day),
        "error reports": ErrorReport.objects.due(day).delete()[0],
        "mail budgets": MailBudget.objects.filter(
            day__lt=day - datetime.timedelta(days=KEPT_BUDGET_DAYS)
        ).delete()[0],
        "day keys": len(day_keys.destroy_expired(day)),
    }
    clear_expired()
    note_deletions(day, done)
    truncate_write_ahead_log()
    return done


def note_deletions(day: datetime.date, done: dict[str, int]) -> None:
    """Add to the public log what was deleted."""
    Deletion.note(
        day,
        unconfirmed=done["unconfirmed signatures"],
        mails=done["queued mails"],
        reports=done["error reports"],
        day_keys=done["day keys"],
    )


def close_ended(day: datetime.date) -> int:
    """Close the petitions whose last day is past."""
    ended = Petition.objects.filter(state=Petition.State.OPEN, closes_on__lt=day)
    return ended.update(state=Petition.State.CLOSED)


def delete_unconfirmed(day: datetime.date) -> int:
    """Delete what nobody confirmed: on the third UTC day after the first mail.

    What was never mailed goes when the day key of its address does.
    """
    last = day - datetime.timedelta(days=retention.UNCONFIRMED_DAYS)
    waiting = Signature.objects.waiting()
    mailed, _ = waiting.filter(mailed_on__lte=last).delete()
    never, _ = waiting.filter(
        mailed_on=None, received_on__lt=day - day_keys.LIFETIME
    ).delete()
    return mailed + never


def due_petitions(day: datetime.date) -> list[Petition]:
    """Return the petitions whose deletion day has come and that are not emptied yet."""
    full = Petition.objects.filter(emptied_on=None, opens_on__lt=day)
    return [petition for petition in full if petition.deletes_on <= day]


def empty(petition: Petition) -> int:
    """Delete a petition's sealed records and its index; the figures stay."""
    with transaction.atomic():
        waiting, _ = petition.signatures.waiting().delete()
        sealed = petition.signatures.exclude(sealed=None).count()
        index = petition.signatures.exclude(blind_index=None).count()
        Deletion.note(today(), unconfirmed=waiting, sealed=sealed, index=index)
        petition.signatures.update(
            sealed=None, blind_index=None, connection="", fields_given=""
        )
        petition.index_nonce = None
        petition.emptied_on = today()
        petition.save(update_fields=["index_nonce", "emptied_on"])
    return 1


def truncate_write_ahead_log() -> None:
    """Empty SQLite's write-ahead log, where deleted rows would linger."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
