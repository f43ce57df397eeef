"""The two mails of a wish to join: to whoever wrote it, then to the organisers."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaign.models import JoinRequest
from campaign.models.join_request import CONFIRM_MAIL, LINK_LIFE, ORGANISERS_MAIL
from detwin.mail import compose
from safety import day_keys
from safety.mailboxes import normalise
from safety.models import MailBudget, OutgoingMail

LEASE_SECONDS = 120
WAIT_SECONDS = 60
AT_ONCE = 10
# Signing counts its mails to an address in the same budget.
MAILS_PER_DAY = 5


def post_joining() -> dict[str, int]:
    """Send what waits; delete what nobody confirmed or the relay never took."""
    done = {"wishes to join mailed": 0, "put off": 0, "expired": 0, "capped": 0}
    waiting = OutgoingMail.objects.filter(kind__in=(CONFIRM_MAIL, ORGANISERS_MAIL))
    for mail in waiting.lease(AT_ONCE, LEASE_SECONDS):
        done[_post(mail)] += 1
    # Asking first keeps an idle worker from writing once a second.
    overdue = JoinRequest.objects.overdue()
    if overdue.exists():
        done["expired"] += overdue.delete()[0]
    return {what: number for what, number in done.items() if number}


def _post(mail: OutgoingMail) -> str:
    request = JoinRequest.objects.filter(pk=mail.reference).first()
    try:
        details = request.details() if request else None
    except (day_keys.DayKeyGone, day_keys.Damaged):
        details = None
    if request is None or details is None or not settings.CONTROLLER_EMAIL:
        mail.delete()
        return "expired"
    is_first_try = mail.tries <= 1 and mail.kind == CONFIRM_MAIL
    if is_first_try and not _spend_day(details["email"]):
        return _end(mail, request, "capped")
    try:
        build(mail.kind, request, details).send()
    except smtplib.SMTPRecipientsRefused:
        if mail.kind == CONFIRM_MAIL:
            return _end(mail, request, "expired")
        mail.put_back(WAIT_SECONDS)
        return "put off"
    except (OSError, smtplib.SMTPException):
        mail.put_back(WAIT_SECONDS)
        return "put off"
    if mail.kind == ORGANISERS_MAIL:
        return _end(mail, request, "wishes to join mailed")
    mail.delete()
    return "wishes to join mailed"


def _end(mail: OutgoingMail, request: JoinRequest, outcome: str) -> str:
    request.delete()
    mail.delete()
    return outcome


def _spend_day(address: str) -> bool:
    digest = day_keys.digest("mail budget", normalise(address))
    day = timezone.now().date()
    return MailBudget.objects.spend(digest, day, MAILS_PER_DAY)


def build(kind: str, request: JoinRequest, details: dict[str, str]) -> EmailMessage:
    """Build one of the two mails."""
    if kind == CONFIRM_MAIL:
        return confirm_mail(request, details)
    return pass_on_mail(request, details)


def confirm_mail(request: JoinRequest, details: dict[str, str]) -> EmailMessage:
    """Build the mail with the link; it repeats nothing that was written."""
    with override(request.language):
        path = reverse("campaign:join-confirm", args=[request.token])
    last = (request.received_at + LINK_LIFE).date()
    context = {"link": f"{settings.SITE_URL}{path}", "valid_until": last}
    return compose("join", details["email"], request.language, context)


def pass_on_mail(request: JoinRequest, details: dict[str, str]) -> EmailMessage:
    """Build the mail to the organisers; answering it answers whoever wrote."""
    context = {"details": details, "is_group": request.kind == JoinRequest.Kind.GROUP}
    to = settings.CONTROLLER_EMAIL
    message = compose("join-request", to, request.language, context)
    message.reply_to = [details["email"]]
    return message
