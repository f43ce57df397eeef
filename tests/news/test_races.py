"""Many at once: three mails a list, one row an address, one start of a mailing."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import Mailing, SendingSlot, Subscriber
from news.sending import fill, send_news
from tests.news.conftest import ADDRESS
from tests.news.test_sending import approved, article, people, two

__all__ = ["approved", "article", "two"]
pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.now().date


def test_a_list_gets_three_mails_however_many_approve_at_once(at_once):
    took = at_once(8, lambda: SendingSlot.objects.take(None, TODAY()))
    assert sorted(took) == [False] * 5 + [True] * 3
    later = TODAY() + datetime.timedelta(days=7)
    took = at_once(8, lambda: SendingSlot.objects.take(None, later))
    assert sum(took) == 3


def test_one_address_enrolled_by_two_workers_is_one_subscriber(at_once):
    values = (ADDRESS, [], "en", "2026-11", TODAY())
    at_once(4, lambda: Subscriber.objects.enrol(*values))
    assert Subscriber.objects.get().address() == ADDRESS


def test_two_workers_mail_each_subscriber_once(approved, at_once, mailoutbox):
    people(30)
    mailing = approved()
    at_once(3, lambda: fill(Mailing.objects.get(pk=mailing.pk)))
    assert mailing.deliveries.count() == 30

    def work():
        while send_news():
            pass

    at_once(3, work)
    assert len(mailoutbox) == 30
    assert len({message.to[0] for message in mailoutbox}) == 30
    mailing.refresh_from_db()
    assert (mailing.state, mailing.sent) == ("sent", 30)
