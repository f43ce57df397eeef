"""Who may import whom: the rooms of the house keep their doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"campaign", "cities", "front", "news", "petitions", "safety"}
MAY_IMPORT = {
    "front": ROOMS,
    "petitions": {"news", "campaign", "cities", "safety"},
    "campaign": {"cities", "safety"},
    "news": {"cities", "safety"},
    "cities": set(),
    "safety": set(),
}
# What the wiring offers to every room; `detwin` itself may import all of them.
OFFERED = {
    "answers",
    "cards",
    "desk",
    "desk_places",
    "drawing",
    "languages",
    "mail",
    "page_cache",
}
OFFERED |= {"refusal", "safe_markdown", "simplified"}
# The front page's room mounts the map of the whole site.
OFFERED_TO_FRONT = {"sitemaps"}


def imported_by(code):
    """Yield the dotted name of every module that some code imports."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def trespasses(room, code):
    """Return the imports in a room's code that lead where it may not go."""
    found = []
    offered = OFFERED | OFFERED_TO_FRONT if room == "front" else OFFERED
    for name in imported_by(code):
        first, _, rest = name.partition(".")
        if (first in ROOMS and first not in MAY_IMPORT[room] | {room}) or (
            first == "detwin" and rest.split(".")[0] not in offered
        ):
            found.append(name)
    return found


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_it_may(room):
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in sorted((ROOT / room).rglob("*.py"))
        if (found := trespasses(room, path.read_text("utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("room", "code", "expected"),
    [
        (
            "cities",
            "from petitions.models import Petition",
            ["petitions.models.Petition"],
        ),
        ("news", "def f():\n    import petitions.page", ["petitions.page"]),
        ("safety", "from cities import search", ["cities.search"]),
        ("cities", "from detwin.settings import DEBUG", ["detwin.settings.DEBUG"]),
        ("cities", "from detwin import settings", ["detwin.settings"]),
        ("cities", "from detwin import languages\nfrom cities import search", []),
        ("petitions", "from news.models import Article", []),
    ],
)
def test_the_rule_can_fail(room, code, expected):
    assert trespasses(room, code) == expected


def test_the_key_holders_tool_needs_no_django_and_no_room_but_safety():
    for path in (ROOT / "tools").glob("*.py"):
        firsts = {name.split(".")[0] for name in imported_by(path.read_text("utf-8"))}
        assert firsts & (ROOMS | {"detwin", "django", "socket", "urllib"}) <= {"safety"}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "services"])
def test_no_file_is_named_for_nothing(name):
    assert [path for room in ROOMS for path in (ROOT / room).rglob(f"{name}*")] == []
