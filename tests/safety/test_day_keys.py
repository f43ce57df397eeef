from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from safety import day_keys, key_files

ROOT = Path(__file__).parent.parent.parent
ADDRESS = b"xiaoming@example.org"
ANOTHER_PROCESS = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(KEYS_DIR=Path(sys.argv[1]), USE_TZ=True)
from safety import day_keys
print("ready", flush=True)
sys.stdin.readline()
print(day_keys.encrypt(sys.argv[2].encode(), "mail").hex())
"""


def today():
    return datetime.now(UTC).date()


def test_a_text_comes_back_for_the_same_purpose(settings):
    blob = day_keys.encrypt(ADDRESS, "mail")
    assert day_keys.decrypt(memoryview(blob), "mail") == ADDRESS
    assert ADDRESS not in blob


def test_another_purpose_does_not_decrypt():
    blob = day_keys.encrypt(ADDRESS, "mail")
    with pytest.raises(day_keys.Damaged):
        day_keys.decrypt(blob, "index")


def test_every_flipped_byte_is_noticed():
    blob = day_keys.encrypt(ADDRESS, "mail")
    for position in range(0, len(blob), 7):
        altered = bytearray(blob)
        altered[position] ^= 1
        with pytest.raises((day_keys.Damaged, day_keys.DayKeyGone)):
            day_keys.decrypt(bytes(altered), "mail")


@given(st.binary(max_size=510))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_results_have_one_length(plaintext):
    blob = day_keys.encrypt(plaintext, "mail")
    assert len(blob) == 545
    assert day_keys.decrypt(blob, "mail") == plaintext


def test_a_text_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="510"):
        day_keys.encrypt(bytes(511), "mail")


def test_yesterdays_text_can_be_read_today(clock):
    blob = day_keys.encrypt(ADDRESS, "mail")
    clock(days=1)
    assert day_keys.decrypt(blob, "mail") == ADDRESS
    day_keys.encrypt(ADDRESS, "mail")
    days = [today(), today() + timedelta(days=1)]
    assert sorted(key_files.settings.KEYS_DIR.iterdir()) == [
        key_files.settings.KEYS_DIR / f"day-{day}.key" for day in days
    ]


def test_keys_live_four_days_and_no_longer():
    blob = day_keys.encrypt(ADDRESS, "mail")
    assert day_keys.destroy_expired(today() + timedelta(days=4)) == []
    assert day_keys.decrypt(blob, "mail") == ADDRESS
    assert day_keys.destroy_expired(today() + timedelta(days=5)) == [today()]
    with pytest.raises(day_keys.DayKeyGone):
        day_keys.decrypt(blob, "mail")
    assert day_keys.destroy_expired(today() + timedelta(days=5)) == []


def test_a_key_destroyed_by_another_process_is_not_used_from_memory(settings):
    blob = day_keys.encrypt(ADDRESS, "mail")
    (settings.KEYS_DIR / f"day-{today()}.key").unlink()
    with pytest.raises(day_keys.DayKeyGone):
        day_keys.decrypt(blob, "mail")


def test_destroyed_keys_leave_the_memory_too(settings):
    day_keys.encrypt(ADDRESS, "mail")
    path = settings.KEYS_DIR / f"day-{today()}.key"
    assert path in key_files._remembered
    day_keys.destroy_expired(today() + timedelta(days=5))
    assert path not in key_files._remembered


def test_destroying_overwrites_the_bytes_that_other_names_still_show(settings):
    day_keys.encrypt(ADDRESS, "mail")
    path = settings.KEYS_DIR / f"day-{today()}.key"
    key, second_name = path.read_bytes(), settings.KEYS_DIR / "kept"
    second_name.hardlink_to(path)
    day_keys.destroy_expired(today() + timedelta(days=5))
    assert second_name.read_bytes() != key


def test_a_draft_that_a_crash_left_behind_is_destroyed_in_its_turn(settings):
    settings.KEYS_DIR.mkdir()
    draft = settings.KEYS_DIR / f"day-{today()}.0badcafe"
    draft.write_bytes(bytes(32))
    assert day_keys.destroy_expired(today() + timedelta(days=5)) == []
    assert not draft.exists()


def test_other_files_are_left_alone(settings):
    settings.KEYS_DIR.mkdir()
    other = settings.KEYS_DIR / "day-of-action.txt"
    other.write_text("keep")
    day_keys.destroy_expired(today() + timedelta(days=5))
    assert other.read_text() == "keep"


def test_reading_never_makes_a_key(settings):
    blob = day_keys.encrypt(ADDRESS, "mail")
    day_keys.destroy_expired(today() + timedelta(days=5))
    with pytest.raises(day_keys.DayKeyGone):
        day_keys.decrypt(blob, "mail")
    assert list(settings.KEYS_DIR.iterdir()) == []


def test_only_the_owner_can_read_the_keys(settings):
    day_keys.encrypt(ADDRESS, "mail")
    (path,) = settings.KEYS_DIR.iterdir()
    assert settings.KEYS_DIR.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_half_written_key_is_not_used(settings):
    settings.KEYS_DIR.mkdir()
    (settings.KEYS_DIR / f"day-{today()}.key").write_bytes(b"short")
    with pytest.raises(OSError, match="not a day key"):
        day_keys.encrypt(ADDRESS, "mail")


def test_threads_that_start_at_once_share_one_key(settings, at_once):
    blobs = at_once(8, lambda: day_keys.encrypt(ADDRESS, "mail"))
    assert {day_keys.decrypt(blob, "mail") for blob in blobs} == {ADDRESS}
    assert len(list(settings.KEYS_DIR.iterdir())) == 1


def test_processes_that_start_at_once_share_one_key(settings):
    command = [sys.executable, "-c", ANOTHER_PROCESS, settings.KEYS_DIR, ADDRESS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(4)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 4
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    blobs = [bytes.fromhex(process.communicate()[0]) for process in processes]
    assert {day_keys.decrypt(blob, "mail") for blob in blobs} == {ADDRESS}
    assert len(list(settings.KEYS_DIR.iterdir())) == 1


def test_a_digest_holds_for_one_day_and_one_purpose(clock):
    first = day_keys.digest("mails", "xiaoming@example.org")
    assert day_keys.digest("mails", "xiaoming@example.org") == first
    assert day_keys.digest("links", "xiaoming@example.org") != first
    clock(days=1)
    assert day_keys.digest("mails", "xiaoming@example.org") != first
