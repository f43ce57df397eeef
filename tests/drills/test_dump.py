"""A stolen dump, disk or backup names nobody who has signed."""

from __future__ import annotations

import io
import pickle
import zlib
from contextlib import suppress

import pytest

from tests.drills.sites import link_in, wait_until
from tests.petitions.leaks import leaked

CANARIES = 50
FAULT = "Zqfault"
FIVE_DAYS = {"DRILL_LATER": str(5 * 86_400)}
POSTCODES = ["S97 3ZQ", "S98 4QZ", "S96 9QY", "S94 7ZX", "S95 8YZ"]
# Every canary's name, addresses and network contain one of these, so finding none of
# them is finding no canary, not even in part.
STEMS = [
    *(
        "歐陽金絲雀",
        "Zqanary",
        "zqmail.",
        "Zqostal Row",
        "203.0.113.",
        "2001:db8:ca1a:",
    ),
    *POSTCODES,
]


def canary(number, **changes):
    """Return what one canary types for the council."""
    host = "refused" if 40 <= number < 45 else "zqhost"
    name = f"歐陽金絲雀 Zqanary O'Brien {number}"
    return {
        "audience": "council",
        "name": f"{name} {FAULT}" if 45 <= number < 48 else name,
        "postcode": POSTCODES[number % 5],
        "postal_address": f"{number} Zqostal Row",
        "connection": "lives",
        "email": f"zqmail.{number}@{host}.example",
        "agree": "on",
        "wording": "1",
        **changes,
    }


def network(number):
    """Return the header in which the proxy names a canary's own address."""
    address = f"2001:db8:ca1a:{number:x}::7" if number % 2 else f"203.0.113.{number}"
    return {"X-Forwarded-For": address}


@pytest.fixture
def lived(site):
    """Fifty canaries sign, confirm, repeat, withdraw, are refused and meet a fault."""
    site.environment["TRUSTED_PROXY_HOPS"] = "1"
    site.start(DRILL_FAULT=FAULT)
    for number in range(CANARIES):
        answer = sign(site, number)
        assert answer.status == (500 if 45 <= number < 48 else 303)
    links = {mail["To"]: link_in(mail) for mail in site.relay.wait_for(42)}
    for number in range(40):
        press(site, links, number, "confirm")
    for number in range(10, 20):
        press(site, links, number, "withdraw")
    for number in range(20, 30):
        sign(site, number, audience="counted")
        ask_for_link(site, number)
    bad = canary(49, agree="", email="zqmail.bad@zqhost.example\r\nBcc: x")
    site.post("/zh-hant/petitions/sheffield/sign", bad, **network(49))
    site.get("/en/petitions/?q=%E6%AD%90%E9%99%BD")
    wait_until(lambda: not site.number(WAITING + " AND tries = 0"))
    return site


WAITING = "SELECT count(*) FROM petitions_signature WHERE state = 'received'"


def sign(site, number, **changes):
    path = "/en/petitions/sheffield/sign"
    return site.post(path, canary(number, **changes), **network(number))


def press(site, links, number, action):
    answer = site.post(
        links[canary(number)["email"]], {"action": action}, **network(number)
    )
    assert answer.status == 200


def ask_for_link(site, number):
    data = {"email": canary(number)["email"]}
    site.post("/en/petitions/sheffield/link", data, **network(number))


def leaks(site):
    """Return what is found where, and how many bytes were searched."""
    bytes_of = {
        "database": every_byte(lambda: site.databases.files(site.name)),
        "backup": backup_of(site).read_bytes(),
        "log": site.log.read_bytes(),
        "keys": every_byte(lambda: (site.folder / "keys").glob("*.*")),
    }
    bytes_of["cache"] = b"\n".join(map(unpacked, site.folder.rglob("*.djcache")))
    found = {place: leaked(STEMS, content) for place, content in bytes_of.items()}
    size = sum(map(len, bytes_of.values()))
    return {place: texts for place, texts in found.items() if texts}, size


def every_byte(files):
    """Return all bytes of some files; again when one went while another was read.

    SQLite moves its log into the database when the last process closes it.
    """
    for _ in range(10):
        with suppress(FileNotFoundError):
            return b"\n".join(path.read_bytes() for path in files())
    raise AssertionError("The files never stay as they are.")


def backup_of(site):
    path = site.folder / "backup"
    path.unlink(missing_ok=True)
    site.databases.dump(site.name, path, "plain")
    return path


def unpacked(path):
    """Return what a file of the cache holds; Django keeps it compressed."""
    stored = io.BytesIO(path.read_bytes())
    pickle.load(stored)  # noqa: S301 - our own cache: the time of expiry
    return zlib.decompress(stored.read())


@pytest.mark.drill(
    "dump", "50 canaries, after the purge: 0 hits in any place or encoding"
)
@pytest.mark.long
def test_a_dump_names_nobody(lived, found):
    assert (
        lived.number("SELECT supporters FROM petitions_petition WHERE slug='sheffield'")
        == 30
    )
    lived.manage("purge", **FIVE_DAYS)
    hits, size = leaks(lived)
    found(
        f"{sum(map(len, hits.values()))} hits in {size / 1e6:.0f} MB; {hits or 'none'}"
    )
    assert hits == {}


@pytest.mark.drill("dump, control", "one planted canary is found in every place")
@pytest.mark.long
def test_the_search_finds_what_is_planted(site, found):
    site.start("web")
    word = "歐陽金絲雀"
    with site.databases.connect(site.name) as connection:
        cursor = connection.cursor()
        cursor.execute(
            "UPDATE cities_place SET name_en = '歐陽金絲雀' WHERE slug = 'leeds'"
        )
        connection.commit()
    site.get("/en/cities/leeds/")
    site.log.write_bytes(b"x" + word.encode("utf-16-le").hex().encode())
    (site.folder / "keys" / "withdrawn.txt").write_text(b"S97 3ZQ".hex())
    hits, _ = leaks(site)
    found(", ".join(hits))
    assert set(hits) == {"database", "backup", "log", "keys", "cache"}
