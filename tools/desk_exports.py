"""Sealed exports of the site: read, judged, opened, written as a table."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_keys import Mistake

from safety.sealing import Damaged, NotForThisKey, open_sealed, recipients_of

EXPORT_FORMAT = "detwin-export-1"
# The last four are the full-width forms, which some programs take as the first.
FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class Refused(Mistake):
    """The export must not be opened as it is."""

    status = 3


@dataclass(frozen=True)
class Record:
    """One line of an export."""

    uuid: str
    petition: str
    context: str
    sealed: bytes


@dataclass(frozen=True)
class Export:
    """An export: whose it is, the keys it says it was sealed to, its records."""

    petition: str
    known_keys: frozenset[str]
    records: tuple[Record, ...]


def read_export(path: Path) -> Export:
    """Read a file of JSON lines; raises Mistake, or Refused for mixed-up records."""
    with path.open(encoding="utf-8") as file:
        lines = [line for line in file if line.strip()]
    header = _read_json(1, lines[0]) if lines else {}
    if header.get("format") != EXPORT_FORMAT or not header.get("petition"):
        raise Mistake(f"{path} is no export that this tool can read.")
    records = [_read_record(number, line) for number, line in enumerate(lines[1:], 2)]
    if len({record.uuid for record in records}) != len(records):
        raise Refused("The export holds a record twice.")
    known = frozenset(str(name).lower() for name in header.get("known_keys", []))
    export = Export(str(header["petition"]), known, tuple(records))
    for record in records:
        _refuse_other_petition(export, record)
    return export


def refuse_unknown_keys(records: Iterable[Record], known: frozenset[str]) -> None:
    """Raise Refused when any record can be opened by somebody we do not know."""
    sealed_to: set[str] = set()
    for record in records:
        try:
            sealed_to |= {key_id.hex() for key_id in recipients_of(record.sealed)}
        except Damaged:
            continue  # It will count as failed.
    if unknown := sealed_to - known:
        raise Refused(
            f"Records are sealed to unknown keys: {', '.join(sorted(unknown))}. "
            "Somebody may have put a key of theirs on the site. Nothing was opened; "
            "tell the other key holders."
        )


def opened(
    records: Iterable[Record], seed: bytes
) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """Return the opened records, and why each of the others did not open."""
    rows, failures = [], []
    for record in records:
        try:
            fields = open_sealed(record.sealed, seed, record.context)
        except (Damaged, NotForThisKey) as error:
            failures.append((record.uuid, str(error)))
        else:
            rows.append(fields | {"uuid": record.uuid})
    return rows, failures


def as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    """Return a table that spreadsheets read as UTF-8 and calculate nothing in."""
    columns = list(dict.fromkeys(["uuid", *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(row.get(name, "")) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA_STARTS) else cell


def _read_json(number: int, line: str) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Mistake(f"Line {number} of the export is damaged.")
    return content


def _read_record(number: int, line: str) -> Record:
    content = _read_json(number, line)
    names = ("uuid", "petition", "context", "sealed")
    uuid, petition, context, sealed = (str(content.get(name, "")) for name in names)
    try:
        return Record(
            uuid.lower(), petition, context, base64.b64decode(sealed, validate=True)
        )
    except ValueError:
        raise Mistake(f"Line {number} of the export is damaged.") from None


def _refuse_other_petition(export: Export, record: Record) -> None:
    """Raise Refused when another petition's record is passed off as this one's."""
    named_in_context = re.split(r"[:/]", record.context)
    if record.petition != export.petition or export.petition not in named_in_context:
        raise Refused(f"Record {record.uuid} belongs to another petition.")
