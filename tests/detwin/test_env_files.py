"""The `.env` of a development site, and the example for real ones."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from detwin.development import environment, write_environment

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_env_file_is_private_and_has_fresh_secrets(tmp_path):
    write_environment(tmp_path / ".env")
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert "DEBUG=true\n" in environment()
    assert environment() != environment()


def test_an_env_file_that_is_there_is_left_alone(tmp_path):
    (tmp_path / ".env").write_text("SECRET_KEY=mine")
    with pytest.raises(FileExistsError):
        write_environment(tmp_path / ".env")
    assert (tmp_path / ".env").read_text() == "SECRET_KEY=mine"


def test_the_env_example_names_every_setting_that_is_read():
    source = (ROOT / "detwin" / "settings.py").read_text("utf-8")
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source))
    example = (ROOT / ".env.example").read_text("utf-8")
    lines = [line.lstrip("# ") for line in example.splitlines()]
    named = {line.partition("=")[0] for line in lines if "=" in line}
    assert len(read) > 15
    assert read - named == set()
