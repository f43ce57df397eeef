"""The worker's part in subscribing: ask by mail, enrol who said yes, ask again.

Everything here is slow or speaks to the relay, and so never happens in a request.
"""

from __future__ import annotations

import datetime
import smtplib

from django.utils import timezone

from cities.models import Place
from news.models import Subscriber, SubscriptionRequest
from news.subscriber_mails import renewal_mail, request_mail
from safety import day_keys, ring
from safety.mailboxes import normalise
from safety.models import Leased, MailBudget

LEASE_SECONDS = 120
WAIT_SECONDS = 60
AT_ONCE = 10
# Signing and joining count their mails to an address in the same budget.
MAILS_PER_DAY = 5
UNREADABLE = (day_keys.DayKeyGone, day_keys.Damaged)


def ask_by_mail() -> dict[str, int]:
    """Ask new addresses whether it was them."""
    done = {"asked about news": 0, "put off": 0, "expired": 0, "capped": 0}
    waiting = SubscriptionRequest.objects.to_be_mailed()
    # Asking first keeps an idle worker from writing once a second.
    for request in waiting.lease(AT_ONCE, LEASE_SECONDS) if waiting.exists() else ():
        done[_ask(request)] += 1
    return {what: number for what, number in done.items() if number}


def _ask(request: SubscriptionRequest) -> str:
    waiting = SubscriptionRequest.objects.to_be_mailed().filter(pk=request.pk)
    try:
        details = request.details()
    except UNREADABLE:
        waiting.delete()
        return "expired"
    if request.tries <= 1 and not _spend_day(details["email"]):
        waiting.delete()
        return "capped"
    try:
        request_mail(request, details["email"]).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        if is_permanent(refusal):
            waiting.delete()
            return "expired"
        return _put_off(request)
    except (OSError, smtplib.SMTPException):
        return _put_off(request)
    today, mailed = timezone.now().date(), SubscriptionRequest.State.MAILED
    waiting.update(state=mailed, mailed_on=today, leased_until=None, tries=0)
    return "asked about news"


def _put_off(row: Leased) -> str:
    row.put_back(WAIT_SECONDS)
    return "put off"


def is_permanent(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    """Tell whether the relay will never take the address."""
    return all(code >= 500 for code, _ in refusal.recipients.values())


def _spend_day(address: str) -> bool:
    digest = day_keys.digest("mail budget", normalise(address))
    return MailBudget.objects.spend(digest, timezone.now().date(), MAILS_PER_DAY)


def enrol_confirmed() -> dict[str, int]:
    """Make subscribers of those who said yes on an earlier day.

    Leases go by the rows' random keys, so the order says nothing of who came first.
    """
    ready = SubscriptionRequest.objects.ready(timezone.now().date())
    rows = ready.lease(AT_ONCE, LEASE_SECONDS) if ready.exists() else ()
    number = sum(_enrol(request) for request in rows)
    return {"subscribers enrolled": number} if number else {}


def _enrol(request: SubscriptionRequest) -> bool:
    try:
        details = request.details()
    except UNREADABLE:
        request.delete()
        return False
    places = Place.objects.filter(slug=details["place"])
    # A list whose place is gone from the record is not turned into all news.
    if request.confirmed_on and (places or not details["place"]):
        Subscriber.objects.enrol(
            details["email"],
            places,
            request.language,
            details["consent"],
            request.confirmed_on,
        )
    request.delete()
    return True


def ask_to_renew() -> dict[str, int]:
    """Ask those whose consent ends within a month, once, whether they want more."""
    done = {"asked again about news": 0, "put off": 0}
    due = Subscriber.objects.to_be_asked(timezone.now().date())
    for subscriber in due.lease(AT_ONCE, LEASE_SECONDS) if due.exists() else ():
        done[_ask_again(subscriber)] += 1
    return {what: number for what, number in done.items() if number}


def _ask_again(subscriber: Subscriber) -> str:
    try:
        renewal_mail(subscriber, subscriber.address()).send()
    except ring.Unreadable:
        return _put_off(subscriber)
    except smtplib.SMTPRecipientsRefused as refusal:
        if not is_permanent(refusal):
            return _put_off(subscriber)
    except (OSError, smtplib.SMTPException):
        return _put_off(subscriber)
    mine = Subscriber.objects.filter(pk=subscriber.pk)
    mine.update(asked_on=timezone.now().date(), leased_until=None, tries=0)
    return "asked again about news"


def delete_due(day: datetime.date) -> dict[str, int]:
    """Delete who did not confirm, and who did not say yes again; return how many."""
    return {
        "subscription requests": SubscriptionRequest.objects.overdue(day).delete()[0],
        "subscribers": _delete_lapsed(day),
    }


def _delete_lapsed(day: datetime.date) -> int:
    """Delete subscribers only; their places and waiting mails are not counted."""
    _all, by_model = Subscriber.objects.lapsed(day).delete()
    return by_model.get(Subscriber._meta.label, 0)
