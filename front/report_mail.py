"""Passing on the e-mail address of a reader who reported an error and wants an answer.

The address waits under a day key, goes to the organisers in one mail, and is gone
from the server when the relay has taken it.
"""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import override

from cities.models import ErrorReport
from detwin.mail import compose
from safety import day_keys
from safety.models import OutgoingMail

REPORT_MAIL = "error-report"
LEASE_SECONDS = 120
WAIT_SECONDS = 60
AT_ONCE = 10


def queue_report(report: ErrorReport, address: str) -> None:
    """Queue the mail that passes an address on."""
    OutgoingMail.objects.queue(REPORT_MAIL, str(report.pk), report.language, address)


def post_reports() -> dict[str, int]:
    """Send the queued mails; what the relay refuses is tried again in a minute."""
    done = {"reports mailed": 0, "reports put off": 0, "reports expired": 0}
    for mail in OutgoingMail.objects.filter(kind=REPORT_MAIL).lease(
        AT_ONCE, LEASE_SECONDS
    ):
        done[_post(mail)] += 1
    return {what: number for what, number in done.items() if number}


def _post(mail: OutgoingMail) -> str:
    report = ErrorReport.objects.filter(pk=mail.reference).first()
    try:
        address = mail.address()
    except (day_keys.DayKeyGone, day_keys.Damaged):
        report = None
    if report is None or not settings.CONTROLLER_EMAIL:
        mail.delete()
        return "reports expired"
    try:
        report_mail(report, address).send()
    except (OSError, smtplib.SMTPException):
        mail.put_back(WAIT_SECONDS)
        return "reports put off"
    mail.delete()
    return "reports mailed"


def report_mail(report: ErrorReport, address: str) -> EmailMessage:
    """Build the mail to the organisers; answering it answers the reader."""
    with override(report.language):
        page = report.place.get_absolute_url() if report.place else ""
    context = {
        "report": report,
        "page": f"{settings.SITE_URL}{page}" if page else "",
        "desk": settings.SITE_URL
        + reverse("admin:cities_errorreport_change", args=[report.pk]),
    }
    message = compose("report", settings.CONTROLLER_EMAIL, report.language, context)
    message.reply_to = [address]
    return message
