"""Sealed exports of the site: read, judged and opened.

An export is lines of JSON: a head, a line for each record, and an end that
holds their number and the SHA-256 of all bytes before it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_keys import Mistake

from safety.sealing import Damaged, NotForThisKey, open_sealed, recipients_of

EXPORT_FORMAT = "detwin-export-2"
# A server that was taken over cannot make the list for the council hold more.
COUNCIL_FIELDS = ("name", "postcode", "postal_address", "connection")


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
class SignedWording:
    """A text that people signed; `mark` is what each sealed record names it by."""

    mark: str
    title: str
    ask: str


@dataclass(frozen=True)
class Export:
    """An export: whose it is, what the council asks for, its keys, its records."""

    petition: str
    title: str
    council: str
    country: str
    drawn_on: str
    fields: tuple[str, ...]
    wordings: tuple[SignedWording, ...]
    known_keys: frozenset[str]
    records: tuple[Record, ...]
    sha256: str


def read_export(path: Path) -> Export:
    """Read an export; raises Mistake, or Refused when it is cut or mixed up."""
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    head = _read_json(1, lines[0]) if lines else {}
    if head.get("format") != EXPORT_FORMAT or not head.get("petition"):
        raise Mistake("{0} is no export that this tool can read.", path)
    _refuse_incomplete(lines)
    records = [_read_record(n, line) for n, line in enumerate(lines[1:-1], 2)]
    if len({record.uuid for record in records}) != len(records):
        raise Refused("The export holds a record twice.")
    export = _with_head(head, records, hashlib.sha256(content).hexdigest())
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
            "Records are sealed to unknown keys: {0}. Somebody may have put a key of "
            "theirs on the site. Nothing was opened; tell the other key holders.",
            ", ".join(sorted(unknown)),
        )


def refuse_unknown_fields(fields: Iterable[str], allowed: Iterable[str]) -> None:
    """Raise Refused when the council's list would hold what it is never given."""
    if unknown := set(fields) - set(allowed):
        raise Refused(
            "The export asks for a field that no council is given: {0}.",
            ", ".join(sorted(unknown)),
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


def _with_head(head: dict[str, Any], records: list[Record], sha256: str) -> Export:
    wordings = [
        SignedWording(
            *(str(wording.get(name, "")) for name in ("mark", "title", "ask"))
        )
        for wording in head.get("wordings", [])
        if isinstance(wording, dict)
    ]
    return Export(
        petition=str(head["petition"]),
        title=str(head.get("title", "")),
        council=str(head.get("council", "")),
        country=str(head.get("country", "")),
        drawn_on=str(head.get("drawn_on", "")),
        fields=tuple(str(field) for field in head.get("fields", [])),
        wordings=tuple(wordings),
        known_keys=frozenset(str(name).lower() for name in head.get("known_keys", [])),
        records=tuple(records),
        sha256=sha256,
    )


def _refuse_incomplete(lines: list[bytes]) -> None:
    """Raise Refused unless the last line fits everything before it."""
    end = _read_json(len(lines), lines[-1])
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    if end != {"end": len(lines) - 2, "sha256": digest}:
        raise Refused(
            "The export is cut off or was altered: its last line does not fit the rest."
        )


def _read_json(number: int, line: bytes) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Mistake("Line {0} of the export is damaged.", number)
    return content


def _read_record(number: int, line: bytes) -> Record:
    content = _read_json(number, line)
    names = ("uuid", "petition", "context", "sealed")
    uuid, petition, context, sealed = (str(content.get(name, "")) for name in names)
    try:
        return Record(
            uuid.lower(), petition, context, base64.b64decode(sealed, validate=True)
        )
    except ValueError:
        raise Mistake("Line {0} of the export is damaged.", number) from None


def _refuse_other_petition(export: Export, record: Record) -> None:
    """Raise Refused when another petition's record is passed off as this one's."""
    named_in_context = re.split(r"[:/]", record.context)
    if record.petition != export.petition or export.petition not in named_in_context:
        raise Refused("Record {0} belongs to another petition.", record.uuid)
