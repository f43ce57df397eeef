"""Each secret may come as a file, as containers like to give them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from detwin.environment import WrittenByPeople
from safety.secret_files import new_secrets, write_secrets

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import os, django
from django.conf import settings
print(settings.SECRET_KEY, settings.LINK_KEY, settings.INDEX_KEY, settings.CODE_KEY)
print(*settings.SUBSCRIBER_KEYS)
"""


def settings_with(**environment):
    """Start Python with an environment; return what it prints of the settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "detwin.settings",
            "DEBUG": "false",
            "ALLOWED_HOSTS": "example.org",
            **environment,
        },
        capture_output=True,
        text=True,
    )


@pytest.fixture
def files(tmp_path):
    """Write a set of secrets; return the variables that name the files."""
    paths = write_secrets(tmp_path / "secrets")
    return {f"{path.name}_FILE": str(path) for path in paths}


def test_secrets_are_read_from_the_files_named(files):
    done = settings_with(**files)
    assert done.returncode == 0, done.stderr
    names = ("SECRET_KEY", "LINK_KEY", "INDEX_KEY", "CODE_KEY", "SUBSCRIBER_KEYS")
    expected = [Path(files[f"{name}_FILE"]).read_text() for name in names]
    assert done.stdout.split() == expected


def test_a_file_counts_more_than_a_value(files):
    done = settings_with(**new_secrets(), **files)
    assert done.stdout.split()[0] == Path(files["SECRET_KEY_FILE"]).read_text()


def test_a_file_that_is_not_there_fails_loudly(files, tmp_path):
    files["INDEX_KEY_FILE"] = str(tmp_path / "nowhere")
    done = settings_with(**files)
    assert done.returncode != 0
    assert "nowhere" in done.stderr


def test_a_line_end_in_a_file_is_no_part_of_the_secret(files):
    path = Path(files["SECRET_KEY_FILE"])
    secret = path.read_text()
    path.write_text(f"{secret}\n")
    assert settings_with(**files).stdout.startswith(f"{secret} ")


def test_an_empty_file_is_a_missing_secret(files):
    Path(files["LINK_KEY_FILE"]).write_text("\n")
    assert "Set the LINK_KEY environment variable" in settings_with(**files).stderr


def test_an_empty_value_means_the_default(files):
    done = settings_with(**files, DATABASE_URL="", CACHE_URL=" ", THROTTLE_SCALE="")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_empty_secret_is_missing():
    environment = WrittenByPeople({"CODE_KEY": "", "LINK_KEY": " spaced "})
    assert "CODE_KEY" not in environment
    assert environment["LINK_KEY"] == "spaced"
