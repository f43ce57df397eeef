"""What the documents name is there: tests, files, commands and settings."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.checks.registry import registry
from django.core.management import get_commands

ROOT = settings.BASE_DIR
DOCUMENTS = sorted(ROOT.glob("docs/**/*.md"))
OURS = (
    r"(?:tests|docs|tools|detwin|safety|petitions|front|cities|news|templates|static)"
)
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has.
ASVS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4,
    "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1,
    "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2,
    "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3,
    "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1,
    "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip


def written(pattern):
    """Return what a pattern finds in any document, beside the document's name."""
    return [
        (document.name, found)
        for document in DOCUMENTS
        for found in re.findall(pattern, document.read_text("utf-8"))
    ]


def test_every_file_that_is_named_exists():
    named = written(rf"`({OURS}/[\w./-]+\.\w+)`")
    assert len(named) > 50
    assert [(doc, path) for doc, path in named if not (ROOT / path).exists()] == []


def test_every_command_that_is_named_exists():
    named = written(r"manage\.py (\w+)")
    assert len(named) > 10
    assert [(doc, name) for doc, name in named if name not in get_commands()] == []


def test_every_make_target_that_is_named_exists():
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = written(r"`make ([\w-]+)")
    assert [(doc, name) for doc, name in named if name not in targets] == []


def test_every_check_that_is_named_exists():
    checks = (ROOT / "detwin/checks.py").read_text()
    named = written(r"`(detwin\.E\d+)`")
    assert registry.get_checks() and named
    assert [(doc, name) for doc, name in named if name not in checks] == []


@pytest.mark.parametrize("page", ["threat-model.md", "dpia.md", "asvs.md"])
def test_no_cell_of_a_table_is_empty(page):
    lines = (ROOT / "docs" / page).read_text().splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert rows
    assert [row for row in rows if re.search(r"\|\s*\|", row)] == []


def listed_requirements():
    """Yield each requirement that the first column of the table names."""
    for line in (ROOT / "docs/asvs.md").read_text().splitlines():
        if not re.match(r"\| \d", line):
            continue
        for part in line.split("|")[1].strip().split(", "):
            first, _dash, last = part.partition("–")
            section, _dot, number = first.rpartition(".")
            end = int((last or first).rpartition(".")[2])
            yield from (f"{section}.{n}" for n in range(int(number), end + 1))


def test_every_asvs_requirement_stands_in_one_row():
    wanted = [f"{key}.{n}" for key, most in ASVS.items() for n in range(1, most + 1)]
    assert len(wanted) == 253
    assert sorted(listed_requirements()) == sorted(wanted)
