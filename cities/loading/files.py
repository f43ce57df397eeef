"""Reading the record's CSV files, with file and line in every complaint."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class BadRow(Exception):
    """A row that cannot be loaded: which file, which line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}, line {line}: {reason}")


@dataclass(frozen=True)
class Row:
    """One line of a file, with its values stripped of outer space."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def bad(self, reason: str) -> BadRow:
        """Return the complaint about this row, to be raised."""
        return BadRow(self.file, self.line, reason)

    def number(self, column: str) -> int:
        """Return a whole number of zero or more."""
        if not self[column].isdecimal():
            raise self.bad(f"{column}: {self[column]!r} is not a whole number")
        return int(self[column])

    def flag(self, column: str) -> bool:
        """Return a 1 or 0 as a truth value."""
        if self[column] not in ("0", "1"):
            raise self.bad(f"{column}: {self[column]!r} is neither 1 nor 0")
        return self[column] == "1"


def read_rows(path: Path, columns: str) -> list[Row]:
    """Read a file that has at least these columns (their names, spaced)."""
    return list(_rows(path, columns.split()))


def _rows(path: Path, columns: list[str]) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadRow(path.name, 0, "the file is missing") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadRow(path.name, line, "the text is not UTF-8") from None
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    missing = [name for name in columns if name not in (reader.fieldnames or [])]
    if missing:
        raise BadRow(path.name, 1, f"missing columns: {', '.join(missing)}")
    yield from _checked(reader, path.name)


def _checked(reader: csv.DictReader[str], file: str) -> Iterator[Row]:
    try:
        for raw in reader:
            if None in raw or None in raw.values():
                raise BadRow(file, reader.line_num, "wrong number of cells")
            values = {name: value.strip() for name, value in raw.items()}
            yield Row(file, reader.line_num, values)
    except csv.Error as error:
        raise BadRow(file, reader.line_num, str(error)) from None


def by_key(rows: list[Row], *columns: str) -> dict[tuple[str, ...], Row]:
    """Index rows by some columns; a repeated key is an error."""
    index: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key in index:
            raise row.bad(f"repeats line {index[key].line}: {', '.join(key)}")
        index[key] = row
    return index
