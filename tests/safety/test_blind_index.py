from __future__ import annotations

import pytest

from safety.blind_index import blind_index

pytestmark = pytest.mark.django_db

LEEDS, YORK = bytes(16), bytes([1]) * 16


def test_one_mailbox_has_one_index_in_a_petition():
    index = blind_index("Xiao.Ming+1@gmail.com", LEEDS)
    assert index == blind_index("xiaoming@googlemail.com", memoryview(LEEDS))
    assert len(index) == 16


def test_another_mailbox_has_another_index():
    assert blind_index("a@example.org", LEEDS) != blind_index("b@example.org", LEEDS)


def test_petitions_cannot_be_compared():
    assert blind_index("a@example.org", LEEDS) != blind_index("a@example.org", YORK)


def test_another_key_gives_another_index(settings):
    before = blind_index("a@example.org", LEEDS)
    settings.INDEX_KEY = "another key, as long and as random as the first one was"
    assert blind_index("a@example.org", LEEDS) != before


def test_the_index_never_changes_between_releases(settings):
    settings.INDEX_KEY = "frozen"
    assert blind_index("a@example.org", LEEDS).hex() == (
        "0eeaa32be39872e04b4b0650a6783811"
    )
