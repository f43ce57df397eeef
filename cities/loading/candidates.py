"""Agreements that only an unverified list names, to be decided at the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cities.loading.files import Row, by_key, read_rows
from cities.loading.planned import Planned
from cities.models import TwinningCandidate

NAMES = ("country_code", "foreign_name", "chinese_name", "source")


def candidates(folder: Path) -> Iterator[Planned]:
    """Yield every candidate; its state is no column, so what was decided stays."""
    rows = read_rows(folder / "twinning_candidates.csv", " ".join(NAMES))
    for row in by_key(rows, *NAMES).values():
        values = {
            "place_name": row["foreign_name"],
            "country": row["country_code"],
            "chinese_name": row["chinese_name"],
            "found_in": row["source"],
        }
        yield Planned(TwinningCandidate, _key(row), values, row)


def _key(row: Row) -> str:
    """Name the pair and the list; the same pair may stand in several lists."""
    digest = hashlib.sha256(row["source"].encode()).hexdigest()[:12]
    return "/".join([*(row[name] for name in NAMES[:3]), digest])
