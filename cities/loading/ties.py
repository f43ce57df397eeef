"""The ties of the record and what happened to them, as rows to save."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from cities.loading.files import Row, by_key, read_rows
from cities.loading.planned import Planned, Ref, three
from cities.models import Place, StatusEvent, Twinning

# When the files were compiled from stored copies of their sources.
CHECKED_ON = datetime.date(2026, 11, 23)


def _pair(row: Row) -> str:
    return f"{row['foreign_slug']}/{row['chinese_slug']}"


def _twinning_rows(folder: Path) -> list[Row]:
    columns = (
        "foreign_slug chinese_slug established_year status status_date "
        "source_title source_url note"
    )
    return read_rows(folder / "twinnings.csv", columns)


def twinnings(folder: Path, known: set[str]) -> Iterator[Planned]:
    """Yield every pair; both of its places must be known."""
    kinds = by_key(
        read_rows(folder / "twinnings_extra.csv", "foreign_slug chinese_slug kind"),
        "foreign_slug",
        "chinese_slug",
    )
    rows = by_key(_twinning_rows(folder), "foreign_slug", "chinese_slug")
    for pair, row in rows.items():
        for slug in pair:
            if slug not in known:
                raise row.bad(f"{slug} is not a place in cities.csv")
        if pair not in kinds:
            raise row.bad(f"{_pair(row)} has no row in twinnings_extra.csv")
        values = {
            "place": Ref(Place, pair[0]),
            "chinese_place": Ref(Place, pair[1]),
            "kind": kinds[pair]["kind"],
            "established_on": row["established_year"],
        }
        yield Planned(Twinning, _pair(row), values, row)


def events(folder: Path, pairs: set[str]) -> Iterator[Planned]:
    """Yield the documented events, then what the lists say besides them."""
    columns = "foreign_slug chinese_slug date status source_title source_url"
    keys = ("foreign_slug", "chinese_slug", "date", "status")
    texts = (
        "sequence date_inferred source_kind summary_en summary_zh_hant summary_zh_hans"
    )
    extra = by_key(
        read_rows(folder / "status_events_extra.csv", f"{' '.join(keys)} {texts}"),
        *keys,
    )
    documented = set()
    for key, row in by_key(
        read_rows(folder / "status_events.csv", columns), *keys
    ).items():
        if key not in extra or _pair(row) not in pairs:
            raise row.bad("no such row in status_events_extra.csv or twinnings.csv")
        documented.add((_pair(row), row["source_url"], row["status"]))
        yield _documented_event(row, extra[key])
    for row in _twinning_rows(folder):
        if (_pair(row), row["source_url"], row["status"]) not in documented:
            yield _listed_event(row)


def _documented_event(row: Row, extra: Row) -> Planned:
    values = {
        "twinning": Ref(Twinning, _pair(row)),
        "status": row["status"],
        "happened_on": row["date"],
        "sequence": extra.number("sequence"),
        "date_inferred": extra.flag("date_inferred"),
        "source_title": row["source_title"],
        "source_url": row["source_url"],
        "source_kind": extra["source_kind"],
        "checked_on": CHECKED_ON,
        **three(extra, "summary"),
    }
    key = f"{_pair(row)}/{row['date'] or 'undated'}/{row['status']}"
    return Planned(StatusEvent, key, values, row)


LISTED = re.compile(r"scrape of (\d{1,2} [A-Z][a-z]{2} \d{4})")
SUMMARIES = {
    "active": {
        "summary_en": "Listed as standing; not confirmed with the council.",
        "summary_zh_hant": "列於名單上，視為仍然有效；未經議會確認。",
        "summary_zh_hans": "列于名单上，视为仍然有效；未经议会确认。",
    },
    "unknown": {
        "summary_en": "Found in a list whose state is not known today.",
        "summary_zh_hant": "見於名單，但現況不明。",
        "summary_zh_hans": "见于名单，但现状不明。",
    },
}
REPORTED = {
    "summary_en": "Only an older report was found; its state today is not known.",
    "summary_zh_hant": "只找到較早的報道，現況不明。",
    "summary_zh_hans": "只找到较早的报道，现状不明。",
}
LIST_TITLES = re.compile(r"wikipedia|wikidata|sistercity\.info|^list of", re.IGNORECASE)


def _listed_event(row: Row) -> Planned:
    """Make the event that says only: this source, on this day, had the pair."""
    found = LISTED.search(row["source_title"])
    day = row["status_date"]
    if found:
        day = datetime.datetime.strptime(found[1], "%d %b %Y").date().isoformat()
    is_list = bool(LIST_TITLES.search(row["source_title"]))
    kinds = StatusEvent.SourceKind
    values = {
        "twinning": Ref(Twinning, _pair(row)),
        "status": row["status"],
        "happened_on": day,
        # After a documented event of the same day: it says what is known since.
        "sequence": 9,
        "date_inferred": False,
        "source_title": row["source_title"],
        "source_url": row["source_url"],
        "source_kind": kinds.LIST if is_list else kinds.PRESS,
        "checked_on": CHECKED_ON,
        **(SUMMARIES.get(row["status"], SUMMARIES["unknown"]) if is_list else REPORTED),
    }
    return Planned(StatusEvent, f"{_pair(row)}/listed", values, row)
