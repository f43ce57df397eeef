"""Published daily figures are chained: a changed one no longer fits what follows."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from petitions import chain, nightly
from petitions.models import DailyTally, NightlyCheck, Petition
from safety.models import AuditEvent, OutgoingMail
from tests.conftest import TODAY, council_data


def tally(petition, ago, **figures):
    day = TODAY() - datetime.timedelta(ago)
    return DailyTally.objects.create(petition=petition, day=day, **figures)


@pytest.fixture
def grown(leeds_petition):
    """Three closed days of which the last is too small, and a big one still open."""
    tally(leeds_petition, 9, confirmed=6, paper=50)
    tally(leeds_petition, 8, confirmed=5, withdrawn=1)
    tally(leeds_petition, 6, quarantined=10, removed=8)
    tally(leeds_petition, 4, confirmed=3)
    tally(leeds_petition, 0, confirmed=70)
    Petition.objects.update(supporters=75)
    chain.close_days()
    return leeds_petition


def published(client):
    text = client.get("/data/petitions/leeds/daily.csv").content.decode()
    return text.splitlines()[1:]


def hashes():
    rows = DailyTally.objects.order_by("day")
    return list(rows.values_list("previous_hash", "hash"))


def test_anybody_can_compute_the_check_numbers_from_the_file(client, grown):
    previous = "leeds"
    rows = published(client)
    for row in rows:
        line, _, check = row.rpartition(",")
        previous = hashlib.sha256(f"{previous},{line}".encode()).hexdigest()
        assert previous == check
    assert len(rows) == 2


def test_only_the_last_day_of_a_full_line_is_chained(grown):
    first, second = (pair[1] for pair in hashes() if pair[1])
    assert hashes() == [("", ""), ("leeds", first), (first, second), ("", ""), ("", "")]


def test_closing_again_or_late_changes_nothing(grown, clock):
    before = hashes()
    assert chain.close_days() == 0
    assert hashes() == before
    clock(days=2)
    assert chain.close_days() == 1
    assert hashes()[:3] == before[:3]


def test_missed_days_come_to_the_same_as_days_closed_one_by_one(leeds_petition, clock):
    for ago in (5, 4, 3, 2):
        tally(leeds_petition, ago, confirmed=12 - ago)
    clock(days=-3)
    for _ in range(4):
        clock(days=1)
        chain.close_days()
    one_by_one = hashes()
    DailyTally.objects.update(hash="", previous_hash="")
    chain.close_days()
    assert hashes() == one_by_one
    assert len([pair for pair in one_by_one if pair[1]]) == 2


def test_a_day_closes_some_minutes_after_midnight(monkeypatch):
    moment = datetime.datetime(2026, 11, 24, 0, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr(chain.timezone, "now", lambda: moment)
    assert chain.last_closed_day() == datetime.date(2026, 11, 22)
    moment += datetime.timedelta(minutes=1)
    assert chain.last_closed_day() == datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ago", "change"),
    [
        (9, {"confirmed": 7}),
        (8, {"withdrawn": 0}),
        (6, {"removed": 7}),
        (9, {"paper": 0}),
    ],
)
def test_a_changed_figure_is_found(grown, ago, change):
    call_command("verify_tally")
    day = TODAY() - datetime.timedelta(ago)
    DailyTally.objects.filter(day=day).update(**change)
    with pytest.raises(CommandError, match="1 check numbers"):
        call_command("verify_tally")


def test_a_chain_computed_anew_is_found_by_a_mailed_list(grown, tmp_path):
    noted = tmp_path / "tally-heads.csv"
    noted.write_text(chain.heads_file(), newline="")
    call_command("verify_tally", str(noted))
    DailyTally.objects.update(hash="", previous_hash="", confirmed=40)
    chain.close_days()
    call_command("verify_tally")
    with pytest.raises(CommandError):
        call_command("verify_tally", str(noted))


# --- Every night --------------------------------------------------------------
def test_a_night_is_checked_once_and_its_head_is_mailed(
    client, grown, settings, leeds_petition, monkeypatch
):
    settings.CONTROLLER_EMAIL = "desk@example.org"
    monkeypatch.setattr(nightly, "all_disagreements", list)
    assert nightly.check_night()["days checked"] == 1
    nightly.is_checked.forget()
    assert (nightly.check_night(), NightlyCheck.objects.count()) == ({}, 1)
    nightly.post_heads()
    (message,) = mail.outbox
    (_name, content, _kind) = message.attachments[0]
    content = content if isinstance(content, bytes) else content.encode()
    assert content == client.get("/data/tally-heads.csv").content
    assert hashlib.sha256(content).hexdigest() in message.body
    assert "everything agrees" in message.body
    assert not OutgoingMail.objects.exists()


def test_a_true_count_is_not_complained_of(leeds_petition, confirmed, client):
    confirmed(data=council_data())
    client.post(confirmed(email="gone@example.com"), {"action": "withdraw"})
    confirmed(email="trapped@example.com", website="x")
    assert nightly.all_disagreements() == []


def test_a_disagreement_is_written_down_and_not_set_right(
    leeds_petition, confirmed, settings
):
    settings.CONTROLLER_EMAIL = "desk@example.org"
    confirmed()
    Petition.objects.update(supporters=7)
    nightly.check_night()
    check = nightly.disagreeing()
    assert check.found.splitlines() == [
        "leeds: supporters is 7, counted 1",
        "leeds: tally is 7, counted 1",
    ]
    assert AuditEvent.objects.get().action == "recount disagrees"
    assert Petition.objects.get().supporters == 7
    nightly.post_heads()
    assert "leeds: supporters is 7, counted 1" in mail.outbox[-1].body


def test_a_broken_chain_disagrees(grown, monkeypatch):
    DailyTally.objects.filter(quarantined=10).update(removed=9, confirmed=1)
    day = TODAY() - datetime.timedelta(6)
    assert f"leeds: check number of {day} does not fit" in nightly.all_disagreements()


def test_a_head_is_kept_until_the_relay_takes_it(grown, relay, settings):
    settings.CONTROLLER_EMAIL = "desk@example.org"
    relay["all"] = OSError()
    nightly.check_night()
    assert nightly.post_heads() == {"heads put off": 1}
    assert OutgoingMail.objects.count() == 1
