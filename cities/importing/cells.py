"""Values as cells of a CSV file, safe to open in a spreadsheet, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# A spreadsheet runs a cell that begins like this; an apostrophe before it keeps it
# text, and is taken off again when the file comes back.
FORMULA = tuple("=+-@\t\r")
APOSTROPHE = "'"


def as_text(value: Any) -> str:
    """Return a value as the text of the data files: codes, ISO dates, true or false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run."""
    return APOSTROPHE + text if text.lstrip(APOSTROPHE).startswith(FORMULA) else text


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would run this cell."""
    return cell.startswith(FORMULA)


def unguarded(cell: str) -> str:
    """Take the apostrophe off that `guarded` put there."""
    if cell.startswith(APOSTROPHE) and cell.lstrip(APOSTROPHE).startswith(FORMULA):
        return cell[1:]
    return cell


def tidy(text: str) -> str:
    """Return text without outer space, and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as a CSV file with a header, as a spreadsheet opens it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(as_text(row[column])) for column in columns])
    return stream.getvalue()
