"""The worker's part in sending: one mail after the other, from where it was left.

Each subscriber still to be mailed is a row, which is deleted once the relay has taken
the mail. A killed worker's rows are taken up again when their lease runs out; at worst
the one mail that it was at goes out twice.
"""

from __future__ import annotations

import datetime
import logging
import smtplib
import time
from collections import Counter
from collections.abc import Sequence

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error as AnyDatabaseError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.composing import PREVIEW_MAIL, label_of, recipients_of
from news.models import Delivery, Mailing
from news.subscriber_mails import news_mail, preview_mail
from news.subscribing import UNREADABLE, is_permanent
from safety import audit, ring
from safety.models import OutgoingMail
from safety.switches import is_read_only

logger = logging.getLogger(__name__)

LEASE_SECONDS = 120
# A round ends after so many mails or seconds, so that a signer's mail, which comes
# before all of these, never waits longer.
AT_ONCE = 20
ROUND_SECONDS = 3.0
PAUSE_SECONDS = 60
LONGEST_WAIT_SECONDS = 3_600
# Over a day of tries an hour apart; then this one mail is given up.
MOST_TRIES = 30
WORKER = "worker"
State = Mailing.State


class RelayDown(Exception):
    """The relay does not answer, or takes nothing."""


def send_news() -> dict[str, int]:
    """Send some mails of the oldest mailing that has any; return what came of them.

    While the site is read-only nothing is sent: nobody could unsubscribe.
    """
    if is_read_only():
        return {}
    for mailing in Mailing.objects.sendable():
        if done := work_on(mailing):
            return done
    return {}


def work_on(mailing: Mailing) -> dict[str, int]:
    """Do a little of one mailing; nothing when all that is left of it must wait."""
    if not mailing.is_filled:
        return fill(mailing)
    if rows := mailing.deliveries.lease(AT_ONCE, LEASE_SECONDS):
        return send_rows(mailing, rows)
    return {} if mailing.deliveries.exists() else finish(mailing)


def fill(mailing: Mailing) -> dict[str, int]:
    """Write down whom it goes to, once, in the order of their random keys."""
    with transaction.atomic():
        rows = Mailing.objects.select_for_update(of=("self",))
        mine = rows.filter(pk=mailing.pk, state=State.SENDING, is_filled=False).first()
        if mine is None:
            return {}
        keys = recipients_of(mine).order_by("pk").values_list("pk", flat=True)
        fresh = [Delivery(mailing=mine, subscriber_id=key) for key in keys]
        Delivery.objects.bulk_create(fresh, batch_size=1_000)
        mine.is_filled, mine.recipients = True, len(fresh)
        mine.save(update_fields=["is_filled", "recipients"])
    return {"news to be sent": len(fresh)} if fresh else finish(mine)


def finish(mailing: Mailing) -> dict[str, int]:
    """Note that nobody is left to be mailed."""
    with transaction.atomic():
        running = Mailing.objects.filter(pk=mailing.pk, state=State.SENDING)
        if not running.update(
            state=State.SENT, ended_at=timezone.now(), trouble_since=None
        ):
            return {}
        mailing.refresh_from_db()
        figures = f"{mailing.sent} sent, {mailing.refused} refused"
        audit.record(WORKER, "mailing sent", label_of(mailing), figures)
    return {"mailings finished": 1}


def send_rows(mailing: Mailing, rows: Sequence[Delivery]) -> dict[str, int]:
    """Mail these rows; give back what there is no time for, or no relay."""
    done: Counter[str] = Counter()
    ends, connection = time.monotonic() + ROUND_SECONDS, get_connection()
    try:
        for position, row in enumerate(rows):
            if time.monotonic() > ends:
                give_back(rows[position:])
                break
            try:
                done[deliver(connection, row)] += 1
            except RelayDown:
                give_back(rows[position:])
                pause(mailing)
                done["relay down"] = len(rows) - position
                break
    finally:
        connection.close()
    return dict(done)


def deliver(connection: BaseEmailBackend, row: Delivery) -> str:
    """Mail one subscriber who is still one; return what came of it.

    Asks the database just before, so that whoever has unsubscribed since the row was
    taken, and everybody once the mailing was stopped, gets nothing.
    """
    wanted = Delivery.objects.filter(pk=row.pk, mailing__state=State.SENDING)
    current = wanted.select_related("mailing", "subscriber").first()
    if current is None:
        return "news not wanted any more"
    subscriber = current.subscriber
    try:
        connection.open()
        address = subscriber.address()
        connection.send_messages([news_mail(current.mailing, subscriber, address)])
    except smtplib.SMTPRecipientsRefused as refusal:
        if not is_permanent(refusal):
            return put_off(row)
        conclude(row, "refused")
        subscriber.refuse()
        return "news refused"
    except (ring.Unreadable, smtplib.SMTPDataError):
        return put_off(row)  # This one mail; the relay takes others.
    except (OSError, smtplib.SMTPException) as error:
        raise RelayDown from error
    except AnyDatabaseError:
        raise
    except Exception:
        # A fault of ours on one row must not stop the mails of all others.
        logger.exception("A mail of news could not be sent and is tried again later.")
        return put_off(row)
    conclude(row, "sent")
    if subscriber.refusals:
        type(subscriber).objects.filter(pk=subscriber.pk).update(refusals=0)
    return "news mailed"


def conclude(row: Delivery, counter: str) -> None:
    """Take a row off the list and count it, in one transaction."""
    with transaction.atomic():
        if Delivery.objects.filter(pk=row.pk).delete()[0]:
            mine = Mailing.objects.filter(pk=row.mailing_id)
            mine.update(**{counter: F(counter) + 1, "trouble_since": None})


def put_off(row: Delivery) -> str:
    """Try again later, up to an hour later; give up after more than a day of tries."""
    if row.tries >= MOST_TRIES:
        conclude(row, "refused")
        return "news given up"
    seconds = min(60 * 2 ** min(row.tries, 6), LONGEST_WAIT_SECONDS)
    until = timezone.now() + datetime.timedelta(seconds=seconds)
    Delivery.objects.filter(pk=row.pk).update(leased_until=until)
    return "news put off"


def give_back(rows: Sequence[Delivery]) -> None:
    """Leave rows as they were before they were taken."""
    mine = Delivery.objects.filter(pk__in=[row.pk for row in rows])
    mine.update(leased_until=None, tries=F("tries") - 1)


def pause(mailing: Mailing) -> None:
    """Leave a mailing alone for a minute and have the desk say since when."""
    now = timezone.now()
    Mailing.objects.filter(pk=mailing.pk).update(
        paused_until=now + datetime.timedelta(seconds=PAUSE_SECONDS),
        trouble_since=Coalesce(F("trouble_since"), now),
    )


def send_previews() -> dict[str, int]:
    """Mail organisers what they asked to see first."""
    done: Counter[str] = Counter()
    waiting = OutgoingMail.objects.filter(kind=PREVIEW_MAIL)
    for mail in waiting.lease(AT_ONCE, LEASE_SECONDS) if waiting.exists() else ():
        done[_send_preview(mail)] += 1
    return dict(done)


def _send_preview(mail: OutgoingMail) -> str:
    mailing = Mailing.objects.filter(pk=mail.reference).first()
    try:
        if mailing is not None:
            preview_mail(mailing, mail.language, mail.address()).send()
    except UNREADABLE:
        mailing = None
    except (OSError, smtplib.SMTPException) as error:
        # What was refused for good is asked for anew, if at all.
        if not (
            isinstance(error, smtplib.SMTPRecipientsRefused) and is_permanent(error)
        ):
            mail.put_back(PAUSE_SECONDS)
            return "previews put off"
        mailing = None
    mail.delete()
    return "previews mailed" if mailing else "previews dropped"
