"""The mails to subscribers, one small function each: text only, neutral sender.

None carries a picture, a counted link or anything else by which a reader could be
followed. What is sent in bulk carries one-click unsubscribing after RFC 8058.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from detwin.languages import in_language
from detwin.mail import compose
from news import consent
from news.models import Mailing, Subscriber, SubscriptionRequest


def request_mail(request: SubscriptionRequest, address: str) -> EmailMessage:
    """Build the mail by which an address is confirmed; it names no list."""
    link = link_to("news:updates-confirm", request.language, request.token)
    # On the third UTC day what was not confirmed is deleted.
    days = datetime.timedelta(days=consent.UNCONFIRMED_DAYS - 1)
    last = timezone.now().date() + days
    context = {"link": link, "valid_until": last}
    return compose("updates", address, request.language, context)


def renewal_mail(subscriber: Subscriber, address: str) -> EmailMessage:
    """Build the one mail that asks whether news is still wanted."""
    link = own_link(subscriber)
    context = {"link": link, "ends_on": subscriber.ends_on}
    message = compose("updates-renew", address, subscriber.language, context)
    return with_unsubscribing(message, link)


def news_mail(mailing: Mailing, subscriber: Subscriber, address: str) -> EmailMessage:
    """Build the mail of a mailing to one subscriber, in that subscriber's language."""
    link = own_link(subscriber)
    context = context_of(mailing, subscriber.language, link)
    message = compose("news", address, subscriber.language, context)
    return with_unsubscribing(message, link)


def preview_mail(mailing: Mailing, language: str, address: str) -> EmailMessage:
    """Build the mail as a subscriber gets it, for an organiser's own address."""
    link = link_to("news:updates", language)
    context = {**context_of(mailing, language, link), "is_preview": True}
    return compose("news", address, language, context)


def context_of(mailing: Mailing, language: str, link: str) -> dict[str, Any]:
    """Return what the mail says; `link` is where its reader can stop it."""
    return {
        "subject": in_language(mailing, "subject", language),
        "text": in_language(mailing, "text", language).replace("\r\n", "\n"),
        "link": link,
    }


def with_unsubscribing(message: EmailMessage, link: str) -> EmailMessage:
    """Let a mail program unsubscribe by one POST to the reader's own link."""
    message.extra_headers["List-Unsubscribe"] = f"<{link}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def own_link(subscriber: Subscriber) -> str:
    """Return the address of a subscriber's own page."""
    return link_to("news:updates-yours", subscriber.language, subscriber.token)


def link_to(name: str, language: str, *arguments: str) -> str:
    """Return the whole address of a page in one language."""
    with override(language):
        return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
