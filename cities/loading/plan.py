"""What the record's files say, as rows to save. Nothing here touches the database."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from cities.loading.candidates import candidates
from cities.loading.files import Row, by_key, read_rows
from cities.loading.planned import CODES, Planned, Ref, three
from cities.loading.ties import events, twinnings
from cities.models import Council, PetitionRules, Place, Threshold


def plan_record(folder: Path) -> list[Planned]:
    """Read every file of the record and return its rows in an order that can be saved.

    Raises BadRow with file, line and reason at the first thing that is wrong.
    """
    places = list(_places(folder))
    known = {planned.key for planned in places}
    ties = list(twinnings(folder, known))
    pairs = {planned.key for planned in ties}
    rules = list(_rules(folder, known))
    return [
        *places,
        *_councils(folder),
        *rules,
        *_thresholds(folder, {planned.key for planned in rules}),
        *ties,
        *events(folder, pairs),
        *candidates(folder),
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
            **three(_named(row), "name"),
            **three(region, "region"),
        }
        yield Planned(Place, slug, values, row)


def _degrees(row: Row, column: str) -> Decimal:
    try:
        return Decimal(row[column]).quantize(Decimal("0.00001"))
    except InvalidOperation:
        raise row.bad(f"{column}: {row[column]!r} is not a number") from None


def _named(row: Row) -> Row:
    for code in CODES:
        if not row[f"name_{code}"]:
            raise row.bad(f"name_{code} is empty")
    return row


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
    texts = " ".join(f"{f}_{c}" for f in ("kept_for", "notice", "note") for c in CODES)
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
            **three(row, "kept_for"),
            **three(row, "notice"),
            **three(row, "note"),
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
            **three(row, "triggers"),
        }
        yield Planned(
            Threshold, f"{row['place_slug']}/{row['signatures']}", values, row
        )
