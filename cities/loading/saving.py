"""Saving a planned record: all of it or nothing, and never over an organiser's edit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from cities.loading.planned import Planned, Ref
from cities.models import (
    Council,
    PetitionRules,
    Place,
    StatusEvent,
    Threshold,
    Twinning,
    TwinningCandidate,
)
from cities.models.from_record import FromRecord

# By which fields a row that an organiser typed is recognised as the same thing.
SAME_THING: dict[type[FromRecord], tuple[str, ...]] = {
    Place: ("slug",),
    Council: ("place",),
    PetitionRules: ("council",),
    Threshold: ("rules", "signatures"),
    Twinning: ("place", "chinese_place"),
    StatusEvent: (),
    TwinningCandidate: (),
}


@dataclass
class Counts:
    """What a run did to the rows of one model."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


@dataclass
class Saver:
    """Holds the rows of the database while a plan is carried out."""

    overwrite: bool
    rows: dict[type[FromRecord], dict[str, Any]] = field(default_factory=dict)
    counts: dict[type[FromRecord], Counts] = field(default_factory=dict)

    def known(self, model: type[FromRecord]) -> dict[str, Any]:
        """Return the model's rows by their key in the record."""
        if model not in self.rows:
            found = model._default_manager.exclude(record_key=None)
            self.rows[model] = {str(row.record_key): row for row in found}
        return self.rows[model]

    def save(self, planned: Planned) -> None:
        """Add, renew, keep or leave one row, and count which."""
        counts = self.counts.setdefault(planned.model, Counts())
        values = {name: self.resolved(value) for name, value in planned.values.items()}
        row = self.known(planned.model).get(planned.key)
        if row is None:
            row = self.typed_by_hand(planned.model, values)
            if row is not None:
                self.known(planned.model)[planned.key] = row
        if row is None:
            self.write(planned, planned.model(record_key=planned.key), values)
            counts.added += 1
        elif digest(values_of(row, values)) == digest(values):
            counts.unchanged += 1
        elif was_edited(row, values) and not self.overwrite:
            counts.kept += 1
        else:
            self.write(planned, row, values)
            counts.changed += 1

    def resolved(self, value: Any) -> Any:
        """Return the saved row that a reference means; other values as they are."""
        return self.known(value.model)[value.key] if isinstance(value, Ref) else value

    def typed_by_hand(self, model: type[FromRecord], values: dict[str, Any]) -> Any:
        """Return the organiser's own row for the same thing, if there is one."""
        fields = SAME_THING[model]
        if not fields:
            return None
        same = {name: values[name] for name in fields}
        return model._default_manager.filter(**same).first()

    def write(self, planned: Planned, row: Any, values: dict[str, Any]) -> None:
        """Check and save one row; what is wrong is told with file and line."""
        for name, value in values.items():
            setattr(row, name, value)
        row.record_key = planned.key
        row.record_digest = digest(values)
        relations = [f.name for f in row._meta.fields if f.is_relation]
        try:
            row.clean_fields(exclude=[*relations, "id", "name", "region", "summary"])
        except ValidationError as error:
            raise planned.origin.bad(reasons(error)) from None
        try:
            row.save()
        except IntegrityError as error:
            raise planned.origin.bad(str(error).splitlines()[0]) from None
        self.known(planned.model)[planned.key] = row


def save_plan(
    plan: Iterable[Planned], *, overwrite: bool = False
) -> dict[type[FromRecord], Counts]:
    """Save every planned row in one transaction; return the counts by model.

    Rows that an organiser has edited since they were loaded stay as they are,
    unless `overwrite` is set. Raises BadRow and saves nothing when a row is bad.
    """
    saver = Saver(overwrite)
    with transaction.atomic():
        for planned in plan:
            saver.save(planned)
        derive_all()
        tell_the_planner()
    return saver.counts


def tell_the_planner() -> None:
    """Have PostgreSQL look at the tables it has just been given.

    Until it has, it takes them for empty and joins them row by row: opening all
    petitions right after loading would take hours instead of seconds.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in SAME_THING)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def derive_all() -> None:
    """Derive the status of every tie from its history."""
    ties = list(Twinning.objects.prefetch_related("events"))
    before = [(tie.status, tie.confirmed) for tie in ties]
    for tie in ties:
        tie.derive()
    changed = [
        tie
        for tie, old in zip(ties, before, strict=True)
        if (tie.status, tie.confirmed) != old
    ]
    Twinning.objects.bulk_update(changed, ["status", "confirmed"], batch_size=200)


def values_of(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return a row's present values of these fields."""
    return {name: getattr(row, name) for name in names}


def was_edited(row: FromRecord, names: Iterable[str]) -> bool:
    """Tell whether the row differs from what was last loaded into it."""
    return row.record_digest != digest(values_of(row, names))


def digest(values: dict[str, Any]) -> str:
    """Return the SHA-256 of values, related rows standing for their primary keys."""
    plain = {
        name: value.pk if isinstance(value, models.Model) else str(value or "")
        for name, value in values.items()
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def reasons(error: ValidationError) -> str:
    """Return what is wrong with a row, field by field, in one line."""
    return "; ".join(
        f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
    )
