"""Finds every translatable text in the code and the templates of the project.

Django's own `templatize` turns a template into something like Python, and Babel
reads that and the code. GNU gettext is not needed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("campaign", "cities", "detwin", "front", "news", "petitions", "safety")
TEMPLATE_SUFFIXES = {".html", ".txt"}

# The names of Django's functions, with the places of context, text and plural.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extracted(root: Path = ROOT) -> Catalog:
    """Return a catalog of all texts, without translations."""
    catalog = Catalog(charset="utf-8")
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        for text, context in texts_in(path):
            catalog.add(text, context=context, locations=[(name, 0)])
    return catalog


def sources(root: Path) -> Iterator[Path]:
    """Yield the files that may hold translatable texts, in a fixed order."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for folder in (root / "templates", *(root / room for room in ROOMS)):
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
                yield path


def texts_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Yield each text of a file, a tuple when it has a plural, and its context."""
    code = path.read_text("utf-8")
    if path.suffix != ".py":
        code = as_python(code, str(path))
    stream = io.BytesIO(code.encode())
    for _, text, _, context in extract(
        "python", stream, KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield text, context


def as_python(template: str, name: str) -> str:
    """Return a template's translatable texts as lines of Python calls."""
    # Python would take a template's indentation for blocks that do not match.
    lines = templatize(template, origin=name).splitlines()
    return "\n".join(line.strip() for line in lines) + "\n"
