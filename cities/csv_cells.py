"""Cells of the CSV files: safe to open in a spreadsheet, and the same again after it.

A spreadsheet runs a cell that begins with one of `FORMULA`. An apostrophe before it
keeps it text; whoever reads the file takes one apostrophe off again where such a
character follows the apostrophes. Numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
APOSTROPHE = "'"


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run."""
    return APOSTROPHE + text if text.lstrip(APOSTROPHE).startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """Take the apostrophe off that `guarded` put there."""
    if cell.startswith(APOSTROPHE) and cell.lstrip(APOSTROPHE).startswith(FORMULA):
        return cell[1:]
    return cell


def cell(value: Any) -> str:
    """Return a value as a cell: codes, ISO dates, true or false; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else guarded(str(value))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows after a header, as RFC 4180 has it; no byte order mark."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return stream.getvalue()
