"""A row that is to be saved, and what the readers of the files share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cities.loading.files import Row
from cities.models.from_record import FromRecord

# How the files name the columns of the three languages.
CODES = ("en", "zh_hant", "zh_hans")


@dataclass(frozen=True)
class Ref:
    """A reference to another planned row, by its model and key."""

    model: type[FromRecord]
    key: str


@dataclass(frozen=True)
class Planned:
    """One row to be saved: its model, its lasting key, its values, its origin."""

    model: type[FromRecord]
    key: str
    values: dict[str, Any]
    origin: Row


def three(row: Row, field: str) -> dict[str, str]:
    """Return a field's text in the three languages, by column."""
    return {f"{field}_{code}": row[f"{field}_{code}"] for code in CODES}
