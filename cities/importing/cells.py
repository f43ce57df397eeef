"""Cells as an import compares them: what differs only in form is the same."""

from __future__ import annotations

from typing import Any

from cities.csv_cells import FORMULA


def as_text(value: Any) -> str:
    """Return a value as the text of the data files: codes, ISO dates, true or false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would run this cell."""
    return cell.startswith(FORMULA)


def tidy(text: str) -> str:
    """Return text without outer space, and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
