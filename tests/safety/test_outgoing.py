from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from safety import day_keys
from safety.models import MailBudget, OutgoingMail

DAY = date(2026, 11, 23)
DIGEST = bytes(range(32))


@pytest.mark.django_db
def test_a_queued_mail_keeps_its_address_under_the_days_key():
    OutgoingMail.objects.queue("link", "7", "zh-hant", "xiaoming@example.org")
    mail = OutgoingMail.objects.get()
    assert mail.address() == "xiaoming@example.org"
    assert b"xiaoming" not in bytes(mail.address_encrypted)
    day_keys.destroy_expired(timezone.now().date() + timedelta(days=5))
    with pytest.raises(day_keys.DayKeyGone):
        mail.address()


@pytest.mark.django_db
def test_a_mails_name_does_not_tell_the_address():
    mail = OutgoingMail.objects.queue("link", "7", "en", "xiaoming@example.org")
    assert str(mail) == "link 7"


@pytest.mark.django_db
def test_a_budget_is_spent_and_then_empty():
    spent = [MailBudget.objects.spend(DIGEST, DAY, 2) for _ in range(3)]
    assert spent == [True, True, False]
    assert MailBudget.objects.get().used == 2


@pytest.mark.django_db
def test_days_and_addresses_have_their_own_budgets():
    assert MailBudget.objects.spend(DIGEST, DAY, 1)
    assert MailBudget.objects.spend(bytes(32), DAY, 1)
    assert MailBudget.objects.spend(DIGEST, DAY + timedelta(days=1), 1)


@pytest.mark.django_db(transaction=True)
def test_many_workers_never_spend_more_than_the_budget(at_once):
    spent = at_once(8, lambda: MailBudget.objects.spend(DIGEST, DAY, 5))
    assert sorted(spent) == [False] * 3 + [True] * 5
    assert MailBudget.objects.get().used == 5
