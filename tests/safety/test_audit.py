from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from safety import audit
from safety.models import AuditEvent

pytestmark = pytest.mark.django_db

TABLE = AuditEvent._meta.db_table


def three_events():
    return [audit.record("ada", "export drawn", f"petition {n}", "why") for n in "123"]


def by_hand(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement.format(TABLE), values)  # noqa: S608 (our own table)


def test_an_untouched_chain_is_whole():
    assert audit.verify_chain() == 0
    three_events()
    assert audit.verify_chain() == 3


def test_events_keep_what_was_said():
    event = audit.record("ada", "export drawn", "petition leeds", "a\x00 reason")
    stored = AuditEvent.objects.get()
    assert (stored.actor, stored.action) == ("ada", "export drawn")
    assert (stored.object_label, stored.reason) == ("petition leeds", "a reason")
    assert stored.hash == event.hash == stored.expected_hash()


@pytest.mark.parametrize(
    "column", ["actor", "action", "object_label", "reason", "previous_hash", "hash"]
)
def test_an_edited_event_is_noticed(column):
    three_events()
    by_hand(f"UPDATE {{}} SET {column} = 'eve' WHERE number = 2")  # noqa: S608
    with pytest.raises(audit.ChainBroken, match="2"):
        audit.verify_chain()


def test_a_moved_time_is_noticed():
    three_events()
    by_hand("UPDATE {} SET happened_at = '2026-01-01 00:00:00+00:00' WHERE number = 3")
    with pytest.raises(audit.ChainBroken, match="3"):
        audit.verify_chain()


@pytest.mark.parametrize("number", [1, 2])
def test_a_deleted_event_is_noticed(number):
    three_events()
    by_hand("DELETE FROM {} WHERE number = %s", number)
    with pytest.raises(audit.ChainBroken, match=f"{number} is missing"):
        audit.verify_chain()


def test_an_event_rewritten_with_a_fitting_hash_breaks_the_next():
    _first, second, _third = three_events()
    second.actor = "eve"
    changes = ("eve", second.expected_hash(), 2)
    by_hand("UPDATE {} SET actor = %s, hash = %s WHERE number = %s", *changes)
    with pytest.raises(audit.ChainBroken, match="3"):
        audit.verify_chain()


def test_removed_last_events_show_against_a_noted_head():
    three_events()
    number, head = audit.head()
    assert (number, audit.verify_chain(head)) == (3, 3)
    by_hand("DELETE FROM {} WHERE number = 3")
    assert audit.verify_chain() == 2
    with pytest.raises(audit.ChainBroken, match="head"):
        audit.verify_chain(head)


def test_events_are_never_changed_or_deleted():
    event = three_events()[0]
    for attempt in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(actor="eve"),
    ):
        with pytest.raises(audit.AppendOnly):
            attempt()
    assert audit.verify_chain() == 3


def test_an_event_goes_with_its_transaction():
    def drawn_and_failed():
        with transaction.atomic():
            audit.record("ada", "export drawn")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        drawn_and_failed()
    assert audit.verify_chain() == 0


def test_long_labels_are_cut_not_refused():
    assert len(audit.record("a" * 500, "x", "o" * 500).object_label) == 200
    assert audit.verify_chain() == 1


@pytest.mark.django_db(transaction=True)
def test_organisers_working_at_once_make_one_chain(at_once):
    at_once(8, lambda: [audit.record("ada", "login") for _ in range(3)])
    assert audit.verify_chain() == 24


def test_the_command_tells_the_head():
    three_events()
    output = StringIO()
    call_command("audit_verify", stdout=output)
    assert output.getvalue() == f"3 events, unbroken. Head: {audit.head()[1]}\n"


def test_the_command_fails_on_a_broken_chain():
    three_events()
    by_hand("DELETE FROM {} WHERE number = 2")
    with pytest.raises(CommandError, match="Event 2 is missing"):
        call_command("audit_verify")
