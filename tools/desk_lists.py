"""The opened list: as the council asks for it, and as the key holder works on it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from desk_exports import Export
from desk_words import told

Row = dict[str, str]

# The last four are the full-width forms, which some programs take as the first.
FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
LABELS = {
    "name": "Name",
    "postcode": "Postcode",
    "postal_address": "Postal address",
    "connection": "Connection with the area",
    "email": "E-mail address",
}
CONNECTIONS = {
    "lives": "lives there",
    "works": "works there",
    "studies": "studies there",
}
STYLE = (
    "body{font:11pt/1.4 sans-serif;margin:1.5cm}table{border-collapse:collapse;"
    "width:100%}th,td{border:1px solid #777;padding:.2em .4em;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}thead{display:table-header-group}"
    "tr{break-inside:avoid}"
)


def council_table(rows: Sequence[Row], fields: Sequence[str]) -> list[list[str]]:
    """Return the council's columns in its order, with a heading and running numbers."""
    table = [["No.", *(LABELS[field] for field in fields)]]
    for number, row in enumerate(rows, start=1):
        table.append([str(number), *(_shown(row, field) for field in fields)])
    return table


def whole_table(rows: Sequence[Row]) -> list[list[str]]:
    """Return everything that was sealed, for the key holder alone."""
    columns = list(dict.fromkeys(["uuid", *(name for row in rows for name in row)]))
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]


def fakes_table(fakes: Sequence[tuple[Row, list[str]]]) -> list[list[str]]:
    """Return the likely fakes with the reasons first, in the chosen language."""
    whole = whole_table([row for row, _reasons in fakes])
    reasons = ["; ".join(told(reason) for reason in why) for _row, why in fakes]
    return [
        [reason, *cells] for reason, cells in zip(["why", *reasons], whole, strict=True)
    ]


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """Return a table that spreadsheets read as UTF-8 and calculate nothing in."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA_STARTS) else cell


def as_html(export: Export, rows: Sequence[Row], fields: Sequence[str]) -> bytes:
    """Return a page to print: what was signed, then the council's list."""
    heading, *lines = council_table(rows, fields)
    asks = "".join(
        f"<h2>{escape(wording.title)}</h2><p>{escape(wording.ask)}</p>"
        for wording in export.wordings
        if any(row.get("wording", "") == wording.mark for row in rows)
    )
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(export.title or export.petition)}</title>",
        f"<style>{STYLE}</style>",
        f"<h1>{escape(export.title or export.petition)}</h1>",
        f"<p>To: {escape(export.council)}. Signatures: {len(rows)}.</p>{asks}",
        "<table><thead><tr>",
        *(f'<th scope="col">{escape(cell)}</th>' for cell in heading),
        "</tr></thead><tbody>",
        *(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>\n"
            for line in lines
        ),
        "</tbody></table></html>\n",
    ]
    return "".join(parts).encode("utf-8", errors="replace")


def _shown(row: Row, field: str) -> str:
    value = row.get(field, "")
    return CONNECTIONS.get(value, value) if field == "connection" else value
