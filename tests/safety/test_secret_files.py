from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parent.parent.parent
NAMES = {"SECRET_KEY", "INDEX_KEY", "LINK_KEY", "CODE_KEY", "SUBSCRIBER_KEYS"}


def make_secrets(*arguments):
    output = StringIO()
    call_command("make_secrets", *arguments, stdout=output)
    return output.getvalue()


def values_in(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_each_secret_is_a_file_of_its_own(tmp_path):
    make_secrets(str(tmp_path / "secrets"))
    values = values_in(tmp_path / "secrets")
    assert set(values) == NAMES
    assert len(set(values.values())) == 5
    assert min(len(value) for value in values.values()) >= 44
    Fernet(values["SUBSCRIBER_KEYS"])


def test_only_the_owner_can_read_the_secrets(tmp_path):
    make_secrets(str(tmp_path / "secrets"))
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()}
    assert modes == {0o600}


def test_secrets_are_never_overwritten(tmp_path):
    (tmp_path / "LINK_KEY").write_text("old")
    with pytest.raises(CommandError, match="LINK_KEY"):
        make_secrets(str(tmp_path))
    assert values_in(tmp_path) == {"LINK_KEY": "old"}


def test_without_a_directory_lines_for_the_environment_are_printed():
    lines = make_secrets().splitlines()
    assert {line.partition("=")[0] for line in lines} == NAMES


def test_the_printed_names_point_at_the_files(tmp_path):
    lines = make_secrets(str(tmp_path)).splitlines()
    assert f"LINK_KEY_FILE={tmp_path / 'LINK_KEY'}" in lines


def test_secrets_can_be_made_before_django_has_any(tmp_path):
    command = [sys.executable, "-m", "safety.secret_files", str(tmp_path / "secrets")]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    assert set(values_in(tmp_path / "secrets")) == NAMES
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 1
