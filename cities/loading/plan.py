"""What the record's files say, as rows to save. Nothing here touches the database."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from cities.loading.files import Row, by_key, read_rows
from cities.models import (
    Council,
    PetitionRules,
    Place,
    StatusEvent,
    Threshold,
    Twinning,
)
from cities.models.from_record import FromRecord

# When the files were compiled from stored copies of their sources.
CHECKED_ON = datetime.date(2026, 11, 23)


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


def plan_record(folder: Path) -> list[Planned]:
    """Read every file of the record and return its rows in an order that can be saved.

    Raises BadRow with file, line and reason at the first thing that is wrong.
    """
    places = list(_places(folder))
    known = {planned.key for planned in places}
    twinnings = list(_twinnings(folder, known))
    pairs = {planned.key for planned in twinnings}
    rules = list(_rules(folder, known))
    return [
        *places,
        *_councils(folder),
        *rules,
        *_thresholds(folder, {planned.key for planned in rules}),
        *twinnings,
        *_events(folder, pairs),
    ]


# --- Places and councils -----------------------------------------------------
PLACE_COLUMNS = (
    "slug name_en name_zh_hans name_zh_hant country_code region_en latitude "
    "longitude wikidata_id council_name_en"
)


def _place_rows(folder: Path) -> list[Row]:
    files = ("cities.csv", "places_without_twin.csv")
    return [row for name in files for row in read_rows(folder / name, PLACE_COLUMNS)]


def _extra(folder: Path) -> dict[tuple[str, ...], Row]:
    columns = "slug council_name_zh_hant council_name_zh_hans other_names"
    return by_key(read_rows(folder / "places_extra.csv", columns), "slug")


def _places(folder: Path) -> Iterator[Planned]:
    columns = "country_code region_en region_zh_hant region_zh_hans"
    regions = by_key(
        read_rows(folder / "regions_extra.csv", columns), "country_code", "region_en"
    )
    extra = _extra(folder)
    for (slug,), row in by_key(_place_rows(folder), "slug").items():
        region = regions.get((row["country_code"], row["region_en"]))
        if region is None or (slug,) not in extra:
            raise row.bad(f"{slug} has no row in regions_extra.csv or places_extra.csv")
        values = {
            "slug": slug,
            "country": row["country_code"],
            "latitude": _degrees(row, "latitude"),
            "longitude": _degrees(row, "longitude"),
            "wikidata_id": row["wikidata_id"],
            "other_names": extra[slug,]["other_names"].replace("|", "\n"),
            **_three(_named(row), "name"),
            **_three(region, "region"),
        }
        yield Planned(Place, slug, values, row)


def _degrees(row: Row, column: str) -> Decimal:
    try:
        return Decimal(row[column]).quantize(Decimal("0.00001"))
    except InvalidOperation:
        raise row.bad(f"{column}: {row[column]!r} is not a number") from None


def _named(row: Row) -> Row:
    for code in _CODES:
        if not row[f"name_{code}"]:
            raise row.bad(f"name_{code} is empty")
    return row


def _three(row: Row, field: str) -> dict[str, str]:
    return {f"{field}_{code}": row[f"{field}_{code}"] for code in _CODES}


_CODES = ("en", "zh_hant", "zh_hans")


def _councils(folder: Path) -> Iterator[Planned]:
    extra = _extra(folder)
    for row in _place_rows(folder):
        if row["council_name_en"]:
            chinese = extra[row["slug"],]
            values = {
                "place": Ref(Place, row["slug"]),
                "name_en": row["council_name_en"],
                "name_zh_hant": chinese["council_name_zh_hant"],
                "name_zh_hans": chinese["council_name_zh_hans"],
            }
            yield Planned(Council, row["slug"], values, row)


def _rules(folder: Path, known: set[str]) -> Iterator[Planned]:
    texts = " ".join(f"{f}_{c}" for f in ("kept_for", "notice", "note") for c in _CODES)
    columns = (
        "place_slug accepts_outside asks_name asks_postcode asks_postal_address "
        f"allows_lives allows_works allows_studies publishes_names checked_on {texts}"
    )
    sources = by_key(
        read_rows(folder / "council_rules.csv", "place_slug source_url"), "place_slug"
    )
    rows = read_rows(folder / "council_rules_extra.csv", columns)
    for row in by_key(rows, "place_slug").values():
        slug = row["place_slug"]
        if slug not in known or (slug,) not in sources:
            raise row.bad(f"{slug} is not in cities.csv or council_rules.csv")
        allows = ["allows_lives", "allows_works", "allows_studies"]
        is_known = any(row[column] for column in allows)
        values = {
            "council": Ref(Council, slug),
            "takes_outside_petitions": row["accepts_outside"],
            "asks_postcode": row["asks_postcode"] == "1",
            "asks_postal_address": row["asks_postal_address"] == "1",
            **{name: row[name] == "1" if is_known else True for name in allows},
            "is_connection_known": is_known,
            "publishes_names": row["publishes_names"],
            "source": sources[slug,]["source_url"],
            "checked_on": row["checked_on"],
            "from_stored_copy": True,
            **_three(row, "kept_for"),
            **_three(row, "notice"),
            **_three(row, "note"),
        }
        yield Planned(PetitionRules, slug, values, row)


def _thresholds(folder: Path, with_rules: set[str]) -> Iterator[Planned]:
    columns = "place_slug signatures triggers_en triggers_zh_hant triggers_zh_hans"
    rows = read_rows(folder / "thresholds_extra.csv", columns)
    for row in by_key(rows, "place_slug", "signatures").values():
        if row["place_slug"] not in with_rules:
            raise row.bad(f"{row['place_slug']} has no row in council_rules_extra.csv")
        values = {
            "rules": Ref(PetitionRules, row["place_slug"]),
            "signatures": row.number("signatures"),
            **_three(row, "triggers"),
        }
        yield Planned(
            Threshold, f"{row['place_slug']}/{row['signatures']}", values, row
        )


# --- Twinnings and what happened to them -------------------------------------
def _pair(row: Row) -> str:
    return f"{row['foreign_slug']}/{row['chinese_slug']}"


def _twinning_rows(folder: Path) -> list[Row]:
    columns = (
        "foreign_slug chinese_slug established_year status status_date "
        "source_title source_url note"
    )
    return read_rows(folder / "twinnings.csv", columns)


def _twinnings(folder: Path, known: set[str]) -> Iterator[Planned]:
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


def _events(folder: Path, pairs: set[str]) -> Iterator[Planned]:
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
        **_three(extra, "summary"),
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
