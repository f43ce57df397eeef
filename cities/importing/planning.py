"""What a file would change, row by row. Nothing here is saved."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.correcting import FACTS
from cities.importing.cells import as_text
from cities.importing.kinds import FIRST_EVENT, Kind, Known, Pair
from cities.importing.reading import Line, read_lines
from cities.importing.values import is_same, is_same_code, value_of
from cities.models import StatusEvent, Twinning

ADDED, CHANGED, UNCHANGED, WRONG = "added", "changed", "unchanged", "wrong"


@dataclass(frozen=True)
class Difference:
    """One cell that would change, as text."""

    column: str
    old: str
    new: str


@dataclass
class Row:
    """What one line of the file would do."""

    line: int
    pair: Pair = ("", "")
    instance: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Say in one code what happens to the row."""
        if self.problems:
            return WRONG
        if self.instance is None:
            return ADDED
        return CHANGED if self.differences else UNCHANGED


@dataclass
class Plan:
    """Every line of a file with what it would do."""

    kind: Kind
    rows: list[Row]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {code: counted[code] for code in (ADDED, CHANGED, UNCHANGED, WRONG)}

    @property
    def acting(self) -> list[Row]:
        """The rows that would change the record."""
        return [row for row in self.rows if row.verdict in (ADDED, CHANGED)]

    @property
    def is_applicable(self) -> bool:
        """Tell whether there is something to do and nothing is wrong."""
        return bool(self.acting) and not self.counts[WRONG]

    @property
    def corrects(self) -> bool:
        """Tell whether something that the public has read would be different."""
        facts = FACTS[self.kind.model]
        changed = (row for row in self.rows if row.verdict == CHANGED)
        return any(name in facts for row in changed for name in row.values)

    @property
    def digest(self) -> str:
        """A short text that is the same only for the same changes."""
        told = [
            [row.line, row.verdict, row.pair]
            + [[d.column, d.old, d.new] for d in row.differences]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def make_plan(kind: Kind, content: bytes, known: Known | None = None) -> Plan:
    """Compare a file with the record; raises Unreadable when it cannot be read."""
    lines = read_lines(content, kind.columns, kind.optional)
    known = known or Known.load()
    seen: dict[Any, int] = {}
    return Plan(kind, [_planned(kind, line, known, seen) for line in lines])


def _planned(kind: Kind, line: Line, known: Known, seen: dict[Any, int]) -> Row:
    row = Row(line.number, problems=list(line.problems))
    if not line.cells:
        return row
    row.pair = (line.cells["place"], line.cells["chinese_place"])
    for slug in row.pair:
        row.problems += _place_problems(slug, known)
    if row.problems:
        return row
    if kind.model is Twinning:
        row.instance = known.ties.get(row.pair)
    else:
        _find_event(row, line, known)
    _compare(kind, row, line.cells) if row.instance else _add(kind, row, line, known)
    _refuse_repeated(kind, row, seen)
    return row


def _place_problems(slug: str, known: Known) -> list[str]:
    """Say what is wrong with a place's slug; names are looked up to help."""
    if slug in known.places:
        return []
    called = known.slugs_called(slug)
    values = {"slug": slug, "slugs": ", ".join(called)}
    if len(called) > 1:
        text = _("More than one place is called “%(slug)s”: %(slugs)s. Write which.")
    elif called:
        text = _("“%(slug)s” is a name; write the place as %(slugs)s.")
    else:
        text = _("“%(slug)s” is no place on record.")
    return [text % values]


def _find_event(row: Row, line: Line, known: Known) -> None:
    """Find the stored event that a line is about; it never moves to another tie."""
    key = line.cells["id"]
    tie = known.ties.get(row.pair)
    if tie is None:
        row.problems.append(_("These two places have no agreement on record."))
    if not key:
        return
    row.instance = known.events.get(key)
    if row.instance is None:
        text = _("There is no event with the id %(id)s. Leave it empty to add one.")
        row.problems.append(text % {"id": key})
    elif tie is not None and row.instance.twinning.pk != tie.pk:
        row.problems.append(_("This id belongs to an event of another agreement."))


def _compare(kind: Kind, row: Row, cells: dict[str, str]) -> None:
    """Find the cells that differ from a stored row."""
    stored = kind.row(row.instance)
    for name, cell in cells.items():
        if name in kind.editable:
            value = _checked(kind.model, name, cell, row)
            old = getattr(row.instance, name)
            if value is not None and not is_same(value, old):
                row.values[name] = value
                row.differences.append(Difference(name, as_text(old), as_text(value)))
        elif name in kind.optional and not cell:
            continue
        elif name in stored and not is_same_code(cell, stored[name]):
            text = _(
                "%(column)s follows from the events and cannot be changed in this file."
            )
            row.problems.append(text % {"column": name})
    _note_order(row, row.instance, row.values)


def _checked(model: Any, name: str, text: str, row: Row) -> Any:
    """Return the value of a cell; tell what is wrong with it and return None."""
    field: Any = model._meta.get_field(name)
    try:
        value = value_of(field, text)
    except ValidationError as error:
        told = {"column": name, "reason": " ".join(error.messages)}
        row.problems.append(_("%(column)s: %(reason)s") % told)
        return None
    return "" if value is None else value


def _add(kind: Kind, row: Row, line: Line, known: Known) -> None:
    """Check every cell of a row that is not on record."""
    if row.problems:
        return
    names = {name: name for name in kind.editable if name != "checked_on"}
    if kind.model is Twinning:
        names = {}
        for name in kind.editable:
            row.values[name] = _checked(Twinning, name, line.cells[name], row)
        _refuse_wrong_sides(row, known)
        names = FIRST_EVENT
    else:
        row.values["checked_on"] = line.cells["checked_on"]
        _checked(StatusEvent, "checked_on", line.cells["checked_on"], row)
    for column, name in names.items():
        row.values[name] = _checked(StatusEvent, name, line.cells[column], row)
    row.differences = [
        Difference(name, "", line.cells[name])
        for name in kind.columns
        if line.cells[name] and name not in ("id", "confirmed")
    ]
    tie = known.ties.get(row.pair)
    if tie is not None and not row.problems:
        _refuse_same_event(row, tie)
        _note_order(row, StatusEvent(twinning=tie), row.values)


def _refuse_wrong_sides(row: Row, known: Known) -> None:
    """A tie is between a place outside China and one in China."""
    place, chinese_place = (known.places[slug] for slug in row.pair)
    if place.is_in_china or not chinese_place.is_in_china:
        row.problems.append(
            _("“place” must be outside China, and “chinese_place” in China.")
        )


def _refuse_same_event(row: Row, tie: Twinning) -> None:
    """Refuse to add what stands there already: the file came back twice."""
    facts = ("status", "happened_on", "source_url")
    for event in tie.events.all():
        if all(getattr(event, name) == row.values[name] for name in facts):
            text = _("This event is on record already, with the id %(id)s.")
            row.problems.append(text % {"id": event.pk})


def _note_order(row: Row, event: Any, values: dict[str, Any]) -> None:
    """Note that an event is older than a later one, which keeps the status."""
    if not isinstance(event, StatusEvent) or row.problems:
        return
    if event.pk and "happened_on" not in values:
        return
    moved = StatusEvent(pk=event.pk, happened_on=values["happened_on"])
    moved.sequence = int(values.get("sequence", event.sequence) or 0)
    later = [e for e in event.twinning.events.all() if e.pk != event.pk]
    newest = max(later, key=StatusEvent.order, default=None)
    if newest is not None and newest.order()[:2] > moved.order()[:2]:
        text = _("Older than a later event (%(day)s), which the status follows.")
        row.notes.append(text % {"day": newest.happened or _("Date not known")})


def _refuse_repeated(kind: Kind, row: Row, seen: dict[Any, int]) -> None:
    """Refuse a second line about the same row."""
    facts = [row.values.get(name) for name in ("status", "happened_on", "source_url")]
    added = row.pair if kind.model is Twinning else (row.pair, *facts)
    key = row.instance.pk if row.instance else added
    if key in seen:
        row.problems.append(_("Repeats line %(line)s.") % {"line": seen[key]})
    seen.setdefault(key, row.line)
