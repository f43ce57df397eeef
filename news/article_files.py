"""Articles as files: `<slug>/meta.toml` and one Markdown file per language.

`meta.toml` holds `date`, and may hold `place` and `petition` (slugs). A Markdown
file begins with `# Title`, then one paragraph as the summary, then a line `---`,
and the body after it.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from detwin.languages import CODES, column
from news.models.article import LONGEST_BODY

# An article of a day appears at this hour of it, in UTC.
MORNING = datetime.time(6, tzinfo=datetime.UTC)
LONGEST_TITLE = 200
LONGEST_SUMMARY = 400


class BadArticle(Exception):
    """A file that cannot be loaded; the text names it and says what is wrong."""


@dataclass(frozen=True)
class Written:
    """One article as its files have it."""

    slug: str
    place: str
    values: dict[str, Any]
    folder: Path


def read_articles(folder: Path) -> list[Written]:
    """Read every article below a folder; raise BadArticle at the first bad file."""
    if not folder.is_dir():
        raise BadArticle(f"{folder}: there is no such folder")
    return [read_article(own) for own in sorted(folder.iterdir()) if own.is_dir()]


def read_article(folder: Path) -> Written:
    """Read one article's files."""
    try:
        validate_slug(folder.name)
    except ValidationError:
        raise BadArticle(f"{folder}: the folder's name is no slug") from None
    meta = read_meta(folder / "meta.toml")
    values: dict[str, Any] = {
        "publish_at": datetime.datetime.combine(meta["date"], MORNING),
        "petition_slug": meta.get("petition", ""),
    }
    for code in CODES:
        file = folder / f"{code.replace('-', '_')}.md"
        for field, text in read_text(file).items():
            values[column(field, code)] = text
    return Written(folder.name, meta.get("place", ""), values, folder)


def read_meta(file: Path) -> dict[str, Any]:
    """Read `meta.toml`; a date is needed, and no unknown key may stand in it."""
    try:
        meta = tomllib.loads(content(file))
    except tomllib.TOMLDecodeError as error:
        raise BadArticle(f"{file}: {error}") from None
    if unknown := set(meta) - {"date", "place", "petition"}:
        raise BadArticle(f"{file}: unknown key {sorted(unknown)[0]}")
    try:
        meta["date"] = datetime.date.fromisoformat(str(meta.get("date", "")))
    except ValueError:
        raise BadArticle(f"{file}: date is not a day such as 2026-11-23") from None
    return meta


def read_text(file: Path) -> dict[str, str]:
    """Part a Markdown file into title, summary and body."""
    head, line, body = content(file).partition("\n---\n")
    first, _, summary = head.strip().partition("\n")
    title = first.removeprefix("# ").strip()
    summary = " ".join(summary.split())
    if not line or not first.startswith("# ") or not (title and summary):
        raise BadArticle(f"{file}: it needs “# Title”, a summary, “---” and a body")
    if len(title) > LONGEST_TITLE or len(summary) > LONGEST_SUMMARY:
        raise BadArticle(
            f"{file}: the title may have {LONGEST_TITLE} characters "
            f"and the summary {LONGEST_SUMMARY}"
        )
    if len(body) > LONGEST_BODY:
        raise BadArticle(f"{file}: the body may have {LONGEST_BODY} characters")
    return {"title": title, "summary": summary, "body": body.strip()}


def content(file: Path) -> str:
    """Return a file's text, line ends made plain."""
    try:
        return file.read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError:
        raise BadArticle(f"{file}: the file is missing") from None
    except UnicodeDecodeError:
        raise BadArticle(f"{file}: the file is not UTF-8") from None
