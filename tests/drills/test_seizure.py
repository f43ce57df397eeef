"""The server is seized with every key on it: whose address does it give away?"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection

from petitions.purging import purge
from safety import day_keys
from tests.conftest import council_data, counted_data, work
from tests.petitions.conftest import link_of
from tests.petitions.leaks import database_files, every_column

pytestmark = [pytest.mark.django_db(transaction=True)]
PURPOSES = ("signature", "outgoing mail")
BLOB_BYTES = 545
EARLY = [f"early.{number}@example.org" for number in range(12)]
LATE = [f"late.{number}@example.net" for number in range(12)]


def stored():
    """Return all that the database holds, also where deleted rows linger."""
    return every_column() + database_bytes()


def seized(*backups):
    """Return every address that can be recovered with all the server has.

    Whatever begins like a text under a day key that still exists is tried, in the
    database's files and in older backups of them.
    """
    haystack = b"".join((stored(), *backups))
    found = set()
    for path in settings.KEYS_DIR.glob("day-*.key"):
        day = datetime.date.fromisoformat(path.stem.removeprefix("day-"))
        head = b"\1" + day.toordinal().to_bytes(4, "big")
        for start in positions(head, haystack):
            found |= opened(haystack[start : start + BLOB_BYTES])
    return found


def positions(head, haystack):
    start = haystack.find(head)
    while start >= 0:
        yield start
        start = haystack.find(head, start + 1)


def opened(blob):
    """Return the address in a ciphertext, if it is one."""
    for purpose in PURPOSES:
        try:
            return {day_keys.decrypt(blob, purpose).decode()}
        except (day_keys.Damaged, day_keys.DayKeyGone):
            pass
    return set()


def database_bytes():
    """Return the files of the database, where deleted rows linger."""
    if connection.vendor == "sqlite":
        return database_files()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        own = folder / "base" / str(cursor.fetchone()[0])
    files = [*own.iterdir(), *(folder / "pg_wal").iterdir()]
    return b"".join(path.read_bytes() for path in files if path.is_file())


def sign_and_confirm_half(client, addresses):
    """Let some sign, half of them for the council; the first half confirms."""
    before = len(mail.outbox)
    for number, address in enumerate(addresses):
        data = council_data() if number % 2 else counted_data()
        client.post("/en/petitions/leeds/sign", {**data, "email": address})
    work()
    links = {message.to[0]: link_of(message) for message in mail.outbox[before:]}
    for address in addresses[: len(addresses) // 2]:
        client.post(links[address], {"action": "confirm"})


@pytest.mark.drill(
    "seizure",
    "all keys of the server: those waiting and nobody typed over 4 days ago; 5 days later nobody",
)
def test_a_seized_server_knows_the_last_days_only(client, leeds_petition, clock, found):
    sign_and_confirm_half(client, EARLY)
    assert set(EARLY[6:]) <= seized() <= set(EARLY)
    backup = stored()
    clock(days=5)
    purge()
    sign_and_confirm_half(client, LATE)
    client.post("/en/petitions/leeds/link", {"email": "asked@example.net"})
    recovered = seized(backup)
    backup += stored()
    clock(days=5)
    purge()
    later = seized(backup)
    waiting = {*LATE[6:], "asked@example.net"}
    lingering = recovered - waiting
    found(
        f"{len(recovered & waiting)} of {len(waiting)} waiting, {len(lingering)} "
        f"confirmed that linger, {len(recovered & set(EARLY))} earlier; then {len(later)}"
    )
    assert waiting <= recovered
    assert lingering <= set(LATE)
    assert later == set()
