"""What was promised to be deleted is gone on the day, and nothing before it."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from petitions import purging, retention
from petitions.models import DailyTally, Petition, Signature
from petitions.purging import purge
from petitions.settling import today
from safety.models import MailBudget, OutgoingMail
from tests.conftest import council_data, counted_data, work
from tests.petitions.conftest import figures, states


@pytest.fixture(autouse=True)
def _no_log_to_truncate(request, monkeypatch):
    """A test inside a transaction cannot empty the write-ahead log."""
    if "transactional_db" not in request.fixturenames:
        monkeypatch.setattr(purging, "truncate_write_ahead_log", lambda: None)


def test_an_unconfirmed_signature_goes_on_the_third_day(leeds_petition, sign, clock):
    sign()
    for _ in range(2):
        clock(days=1)
        assert purge()["unconfirmed signatures"] == 0
        assert states() == ["pending"]
    clock(days=1)
    assert purge()["unconfirmed signatures"] == 1
    assert states() == []


def test_the_days_count_from_the_mail(client, leeds_petition, clock):
    client.post("/en/petitions/leeds/sign", counted_data())
    clock(days=2)
    work()
    clock(days=2)
    purge()
    assert states() == ["pending"]
    clock(days=1)
    purge()
    assert states() == []


def test_a_confirmed_signature_stays(leeds_petition, confirmed, clock):
    confirmed(data=council_data())
    clock(days=30)
    purge()
    assert states() == ["confirmed"]
    row = Signature.objects.get()
    assert row.sealed and row.blind_index


def test_what_was_never_mailed_goes_with_its_day_key(client, leeds_petition, clock):
    client.post("/en/petitions/leeds/sign", counted_data())
    clock(days=4)
    assert purge()["unconfirmed signatures"] == 0
    clock(days=1)
    done = purge()
    assert (done["unconfirmed signatures"], done["day keys"]) == (1, 1)
    assert states() == []
    assert work() == {}
    assert not mail.outbox


def test_day_keys_die_on_the_fifth_day(leeds_petition, confirmed, settings, clock):
    confirmed()
    (key,) = settings.KEYS_DIR.glob("day-*.key")
    clock(days=4)
    purge()
    assert key.exists()
    clock(days=1)
    purge()
    assert not key.exists()


def test_queued_links_and_budgets_go_too(client, leeds_petition, confirmed, clock):
    confirmed()
    client.post("/en/petitions/leeds/link", {"email": "zoe@example.com"})
    clock(days=3)
    purge()
    assert OutgoingMail.objects.exists() and MailBudget.objects.exists()
    clock(days=1)
    purge()
    assert not OutgoingMail.objects.exists()
    clock(days=5)
    purge()
    assert not MailBudget.objects.exists()


def test_a_petition_closes_after_its_last_day(leeds_petition, clock):
    last = (leeds_petition.closes_on - today()).days
    clock(days=last)
    assert purge()["petitions closed"] == 0
    clock(days=1)
    assert purge()["petitions closed"] == 1
    assert Petition.objects.get().state == "closed"


# --- The deletion day --------------------------------------------------------------------
def assert_emptied():
    row = Signature.objects.get(audience="council")
    assert (row.sealed, row.blind_index, row.connection) == (None, None, "")
    assert row.fields_given == ""
    petition = Petition.objects.get()
    assert (petition.index_nonce, petition.emptied_on) == (None, today())


def test_on_the_deletion_day_the_sealed_goes_and_figures_stay(
    leeds_petition, confirmed, clock
):
    confirmed(data=council_data())
    confirmed()
    days = (leeds_petition.deletes_on - today()).days
    clock(days=days - 1)
    assert purge()["petitions emptied"] == 0
    assert Signature.objects.get(audience="council").sealed
    clock(days=1)
    assert purge()["petitions emptied"] == 1
    assert_emptied()
    assert figures() == (2, 1)
    assert DailyTally.objects.get().confirmed == 2
    call_command("recount")


def test_thirty_days_after_hand_in_it_is_emptied(leeds_petition, confirmed, clock):
    confirmed(data=council_data())
    leeds_petition.refresh_from_db()
    leeds_petition.hand_in(today())
    clock(days=29)
    purge()
    assert Signature.objects.get().sealed
    clock(days=1)
    purge()
    assert_emptied()


def test_emptying_takes_unconfirmed_attempts_along(leeds_petition, sign, clock):
    sign(data=council_data())
    leeds_petition.hand_in(today() - datetime.timedelta(days=30))
    Petition.objects.update(opens_on=today() - datetime.timedelta(days=40))
    purge()
    assert states() == []


def test_the_day_is_printed_on_the_page(client, leeds_petition):
    response = client.get("/en/petitions/leeds/")
    assert response.context["deletes_on"] == leeds_petition.deletes_on


def test_purging_twice_is_harmless(leeds_petition, confirmed, clock):
    confirmed(data=council_data())
    clock(days=600)
    first, second = purge(), purge()
    assert first["petitions emptied"] == 1
    assert set(second.values()) == {0}
    assert figures() == (1, 1)


def test_the_command_says_what_it_did(leeds_petition, sign, clock, capsys):
    sign()
    clock(days=3)
    call_command("purge")
    assert "unconfirmed signatures: 1\n" in capsys.readouterr().out


def test_on_sqlite_the_write_ahead_log_is_empty_after_it(
    transactional_db, client, leeds_petition
):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has a log beside its file")
    from pathlib import Path

    client.post("/en/petitions/leeds/sign", counted_data())
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    assert log.stat().st_size > 0
    purge()
    assert log.stat().st_size == 0


# --- The dates themselves --------------------------------------------------------------------
def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-23", 6, "2027-05-23"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-30", 18, "2028-05-30"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_are_counted_to_the_same_day(start, months, end):
    assert retention.months_after(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("opens", "closes", "handed_in", "deletes"),
    [
        ("2026-11-01", "2027-11-01", None, "2028-05-01"),
        ("2026-11-01", "2026-12-01", None, "2027-06-01"),
        ("2026-11-01", "2029-11-01", None, "2028-05-01"),
        ("2026-11-01", "2026-12-01", "2026-12-10", "2027-01-09"),
        ("2026-11-01", "2026-12-01", "2027-05-20", "2027-06-01"),
    ],
)
def test_whichever_day_comes_first_deletes(opens, closes, handed_in, deletes):
    handed = day(handed_in) if handed_in else None
    assert retention.deletion_day(day(opens), day(closes), handed) == day(deletes)
