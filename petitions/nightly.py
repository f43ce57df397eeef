"""Once a day, when the day has closed: chain it, count all again, tell the organisers.

Nothing that disagrees is ever set right here: it is written down, and people look.
"""

from __future__ import annotations

import datetime
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from detwin.mail import compose
from petitions import chain, counting
from petitions.area_counts import renew_area_counts
from petitions.models import NightlyCheck, Petition
from petitions.valid_counts import renew_valid_counts
from safety import audit
from safety.models import OutgoingMail
from safety.remembered import Remembered

logger = logging.getLogger(__name__)

HEAD_MAIL = "tally-head"
WORKER = "worker"
LEASE_SECONDS = 120
WAIT_SECONDS = 60


def check_night() -> dict[str, int]:
    """Check the last closed day, once; a day that was missed is chained with it."""
    if is_checked() == chain.last_closed_day():
        return {}
    is_checked.forget()
    if is_checked() == chain.last_closed_day():
        return {}
    day, lines = chain.last_closed_day(), chain.close_days()
    moved = renew_area_counts(day) + renew_valid_counts(day)
    found = all_disagreements()
    write_down(day, found)
    is_checked.forget()
    done = {"days checked": 1, "lines chained": lines, "figures moved": moved}
    done["disagreements"] = len(found)
    return {what: number for what, number in done.items() if number}


def last_checked() -> datetime.date | None:
    """Return the last day that was checked."""
    return NightlyCheck.objects.values_list("day", flat=True).first()


is_checked = Remembered(last_checked, seconds=60)


def all_disagreements() -> list[str]:
    """Count everything again; return one line for each thing that is not as it was."""
    found = [
        f"{wrong.slug}: {wrong.counter} is {wrong.stored}, counted {wrong.counted}"
        for wrong in counting.certain_differences()
    ]
    for petition in Petition.objects.order_by("slug"):
        if day := chain.broken_on(petition):
            found.append(f"{petition.slug}: check number of {day} does not fit")
    return found


def write_down(day: datetime.date, found: list[str]) -> None:
    """Store the result once, queue the mail, and warn where something disagrees."""
    check = NightlyCheck(
        day=day,
        head=chain.head_of(chain.heads_file()),
        petitions=Petition.objects.count(),
        found="\n".join(found),
    )
    try:
        with transaction.atomic():
            check.save()
            if found or chain.heads():
                OutgoingMail.objects.queue(HEAD_MAIL, str(check.pk), "en")
            if found:
                audit.record(WORKER, "recount disagrees", str(day), check.found)
    except IntegrityError:
        return  # Another worker was first.
    for line in found:
        logger.error("The nightly check disagrees: %s", line)


def disagreeing() -> NightlyCheck | None:
    """Return the newest check if something disagreed in it: for the desk's front."""
    newest = NightlyCheck.objects.first()
    return newest if newest and not newest.agrees else None


def post_heads() -> dict[str, int]:
    """Mail the check numbers to the organisers; a refused mail is tried again."""
    done = {"heads mailed": 0, "heads put off": 0, "heads dropped": 0}
    rows = OutgoingMail.objects.filter(kind=HEAD_MAIL)
    for mail in rows.lease(1, LEASE_SECONDS):
        done[_post(mail)] += 1
    return {what: number for what, number in done.items() if number}


def _post(mail: OutgoingMail) -> str:
    check = NightlyCheck.objects.filter(pk=mail.reference).first()
    if check is None or not settings.CONTROLLER_EMAIL:
        mail.delete()
        return "heads dropped"
    try:
        head_mail(check, mail.language).send()
    except (OSError, smtplib.SMTPException):
        mail.put_back(WAIT_SECONDS)
        return "heads put off"
    mail.delete()
    return "heads mailed"


def head_mail(check: NightlyCheck, language: str) -> EmailMessage:
    """Build the mail with the list of check numbers as it is published now."""
    file = chain.heads_file()
    context = {"check": check, "head": chain.head_of(file)}
    message = compose("tally-head", settings.CONTROLLER_EMAIL, language, context)
    message.attach(f"tally-heads-{check.day}.csv", file.encode(), "text/csv")
    return message
