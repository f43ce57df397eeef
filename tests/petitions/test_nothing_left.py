"""After the purge, with day keys aged, nothing on disk names a signer."""

from __future__ import annotations

import base64

import pytest
from django.core import mail
from django.db import connection

from petitions.models import Signature
from petitions.purging import purge
from safety import day_keys
from safety.sealing import open_sealed
from tests.conftest import council_data, counted_data, make_place, work
from tests.petitions.conftest import figures, link_of
from tests.petitions.leaks import database_files, disguises, every_column, leaked

pytestmark = pytest.mark.django_db(transaction=True)

COUNCIL = {
    "name": "歐陽王小明 Canary O'Brien",
    "postcode": "LS1 4QZ",
    "email": "canary-council@example.com",
}
COUNTED = {"name": "Counted Canary", "email": "canary-counted@example.net"}
GONE = {"name": "Withdrawn Canary", "email": "canary-withdrawn@example.org"}
NEVER = {"name": "Unconfirmed Canary", "email": "canary-never@example.org"}
REFUSED = {"postal_address": "1 Canary Wharf", "email": "canary@refused"}
SECRETS = [
    value
    for signer in (COUNCIL, COUNTED, GONE, NEVER, REFUSED)
    for value in signer.values()
]


def on_disk():
    """Return all bytes that the database keeps, as far as it shows them."""
    if connection.vendor == "sqlite":
        return database_files() + every_column()
    return every_column()


@pytest.fixture
def lived(client, leeds_petition):
    """Canaries sign, confirm, repeat, withdraw and ask for links."""
    for data in (council_data(**COUNCIL), counted_data(**COUNTED)):
        client.post("/en/petitions/leeds/sign", data)
    client.post("/zh-hant/petitions/leeds/sign", council_data(**GONE))
    client.post("/zh-hans/petitions/leeds/sign", council_data(**NEVER))
    client.post("/en/petitions/leeds/sign", council_data(**REFUSED))
    work()
    links = {message.to[0]: link_of(message) for message in mail.outbox}
    for signer in (COUNCIL, COUNTED, GONE):
        client.post(links[signer["email"]], {"action": "confirm"})
    client.post(links[GONE["email"]], {"action": "withdraw"})
    client.post("/en/petitions/leeds/sign", counted_data(**COUNTED))
    client.post("/en/petitions/leeds/link", {"email": COUNCIL["email"]})
    work()


@pytest.fixture
def aged(lived, clock):
    """All that happened in `lived` is five days old and purged."""
    assert leaked(SECRETS, on_disk()) == []
    clock(days=5)
    purge()


def test_neither_names_nor_addresses_are_left(aged, settings):
    assert leaked(SECRETS, on_disk()) == []
    files = [path for path in settings.KEYS_DIR.rglob("*") if path.is_file()]
    assert leaked(SECRETS, b"".join(path.read_bytes() for path in files)) == []
    assert figures() == (2, 1)


def test_not_even_its_ciphertext_can_be_opened(lived, clock):
    blobs = [
        bytes(blob)
        for blob in Signature.objects.exclude(email_encrypted=None).values_list(
            "email_encrypted", flat=True
        )
    ]
    assert [day_keys.decrypt(blob, "signature").decode() for blob in blobs] == [
        NEVER["email"]
    ]
    clock(days=5)
    purge()
    for blob in blobs:
        with pytest.raises(day_keys.DayKeyGone):
            day_keys.decrypt(blob, "signature")


def test_the_key_holder_still_opens_the_council_record(aged, keys):
    row = Signature.objects.get(audience="council")
    record = open_sealed(bytes(row.sealed), keys[0], "petition:leeds")
    assert (record["name"], record["email"]) == (COUNCIL["name"], COUNCIL["email"])


def test_after_the_deletion_day_not_even_the_key_holder_does(
    aged, keys, clock, leeds_petition
):
    sealed = bytes(Signature.objects.get(audience="council").sealed)
    clock(days=600)
    purge()
    assert Signature.objects.get(audience="council").sealed is None
    assert sealed not in on_disk()
    assert figures() == (2, 1)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("wrap", [bytes, bytes.hex, base64.b64encode])
def test_the_search_would_find_a_leak(leeds_petition, codec, wrap):
    leak = wrap(b"ab" + COUNCIL["name"].encode(codec) + b"cdef")
    leak = leak.encode() if isinstance(leak, str) else leak
    if wrap is bytes and codec != "utf-8":
        leak = leak[2:-4]
    assert leaked([COUNCIL["name"]], b"\0\1" + leak + b"\xff") == [COUNCIL["name"]]


def test_the_search_looks_into_the_database(leeds_petition):
    make_place("canary", en=COUNTED["name"])
    assert leaked(SECRETS, on_disk()) == [COUNTED["name"]]
    assert len(disguises(COUNTED["name"])) > 10
