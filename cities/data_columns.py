"""The columns of the open data: one description each, for README, page and schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cities.countries import COUNTRIES
from cities.definitions import KINDS, SOURCES, STATUSES

# Rises in front when a column goes or changes its meaning, behind when one comes.
VERSION = "1.0"
DATE = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"


@dataclass(frozen=True)
class Column:
    """One column: its JSON Schema type and what its values mean."""

    name: str
    text: str | Promise
    type: str | list[str] = "string"
    pattern: str = ""
    codes: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """The column as JSON Schema has it."""
        found: dict[str, Any] = {"type": self.type, "description": str(self.text)}
        if self.pattern:
            found["pattern"] = self.pattern
        if self.codes:
            found["enum"] = list(self.codes)
        if self.type == "integer":
            found["minimum"] = 0
        return found


def codes_of(definitions: Any, *more: str) -> tuple[str, ...]:
    """Return the codes of words, each once, in their order."""
    return tuple(dict.fromkeys([*(str(word.code) for word in definitions), *more]))


def in_three(name: str, text: str | Promise) -> tuple[Column, ...]:
    """Return the three columns of a text that is there in three languages."""
    return tuple(
        Column(f"{name}_{code}", text) for code in ("en", "zh_hant", "zh_hans")
    )


STATUS = codes_of(STATUSES)
SLUG = r"^[-a-zA-Z0-9_]+$"
PAIR = (
    Column("place", _("slug of the place outside China"), pattern=SLUG),
    Column("chinese_place", _("slug of the place in China"), pattern=SLUG),
)
SOURCE = (
    Column("source_title", _("title of the source")),
    Column("source_url", _("address of the source")),
    Column("source_kind", _("kind of source"), codes=codes_of(SOURCES, "")),
    Column("archived_url", _("address of a stored copy of the source")),
)
PLACES = (
    Column("slug", _("lasting name of the place, as in its address"), pattern=SLUG),
    *in_three("name", _("name")),
    Column("country", _("country, ISO 3166-1"), codes=tuple(COUNTRIES)),
    Column("region_en", _("state, province or region")),
    *in_three("council", _("council; empty in China and where there is none")),
    Column("wikidata_id", _("Wikidata item")),
    Column("latitude", _("degrees north, WGS 84"), "number"),
    Column("longitude", _("degrees east, WGS 84"), "number"),
    Column("agreements", _("agreements on record"), "integer"),
    Column("presumed", _("of these, presumed to stand"), "integer"),
    Column("confirmed", _("of these, confirmed as standing"), "integer"),
    Column("over", _("of these, ended or lapsed"), "integer"),
)
TWINNINGS = (
    *PAIR,
    Column("kind", _("kind of agreement"), codes=codes_of(KINDS)),
    Column("established_on", _("when it was agreed: year, month or day"), pattern=DATE),
    Column("status", _("status on the day of the answer"), codes=STATUS),
    Column(
        "confirmed",
        _("false where it is not known, or stands by a list alone"),
        "boolean",
    ),
    Column("since", _("since when the status holds, as far as known"), pattern=DATE),
    *SOURCE,
    Column(
        "changed_sometime_in",
        _("the year or month that leaves the status open, or “undated”"),
        pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|undated)?$",
    ),
    Column("id", _("both slugs with a stroke between them; never changes")),
)
STATUS_EVENTS = (
    Column("id", _("number of the event; stays as long as the event"), "integer"),
    *PAIR,
    Column("status", _("status since the event"), codes=STATUS),
    Column("happened_on", _("year, month or day; empty if not known"), pattern=DATE),
    Column("sequence", _("order of events whose dates do not tell it"), "integer"),
    Column("date_inferred", _("the source does not give this date"), "boolean"),
    *in_three("summary", _("what happened")),
    *SOURCE,
    Column("checked_on", _("when the source was last read"), pattern=DAY),
    Column("recorded_on", _("when it came onto this record"), pattern=DAY),
)
RECORD = {
    "places": PLACES,
    "twinnings": TWINNINGS,
    "status-events": STATUS_EVENTS,
}


SOURCE_KEYS = ("name", "used_for", "licence", "url")
SOURCE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in SOURCE_KEYS},
    "required": list(SOURCE_KEYS),
    "additionalProperties": False,
}


def schema_of(name: str, columns: tuple[Column, ...], address: str) -> dict[str, Any]:
    """Return the JSON Schema of an answer whose rows have these columns."""
    row = {
        "type": "object",
        "properties": {column.name: column.schema for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }
    text = {"type": "string"}
    head: dict[str, Any] = {
        "version": {"type": "string", "pattern": rf"^{VERSION.split('.')[0]}\.[0-9]+$"},
        "as_of": {"type": "string", "format": "date"},
        "licence": text,
        "attribution": text,
        "sources": {"type": "array", "items": SOURCE_SCHEMA},
        "schema": text,
        "documentation": text,
    }
    rows = {rows_key(name): {"type": "array", "items": row}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": name,
        "type": "object",
        "properties": head | rows,
        "required": [*head, rows_key(name)],
        "additionalProperties": False,
    }


def rows_key(name: str) -> str:
    """Return under which key of the answer the rows stand."""
    return name.replace("-", "_")
