from __future__ import annotations

from itertools import chain

import pytest

from safety.models import OutgoingMail

mails = OutgoingMail.objects


def queue(count):
    return [mails.queue("link", str(number), "en") for number in range(count)]


@pytest.mark.django_db
def test_the_oldest_rows_come_first():
    queued = queue(3)
    assert mails.all().lease(2, 60) == queued[:2]


@pytest.mark.django_db
def test_a_leased_row_is_not_given_away_again():
    queue(1)
    (mail,) = mails.all().lease(5, 60)
    assert mails.all().lease(5, 60) == []
    stored = mails.get()
    assert (stored.tries, stored.leased_until) == (1, mail.leased_until)
    assert mail.tries == 1


@pytest.mark.django_db
def test_the_row_of_a_dead_worker_comes_back(clock):
    queue(1)
    mails.all().lease(1, 60)
    clock(seconds=61)
    (mail,) = mails.all().lease(1, 60)
    assert mail.tries == 2


@pytest.mark.django_db
def test_a_row_put_back_waits_its_time(clock):
    queue(1)
    (mail,) = mails.all().lease(1, 600)
    mail.put_back(seconds=30)
    assert mails.all().lease(1, 60) == []
    clock(seconds=31)
    assert mails.all().lease(1, 60) == [mail]


@pytest.mark.django_db
def test_a_filter_limits_what_is_leased():
    queue(2)
    (mail,) = mails.filter(reference="1").lease(5, 60)
    assert mail.reference == "1"


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_rows_without_overlap(at_once):
    queued = queue(40)

    def take_all():
        taken = []
        while batch := mails.all().lease(3, 60):
            taken += [mail.pk for mail in batch]
        return taken

    taken = list(chain.from_iterable(at_once(6, take_all)))
    assert sorted(taken) == [mail.pk for mail in queued]
    assert set(mails.values_list("tries", flat=True)) == {1}
