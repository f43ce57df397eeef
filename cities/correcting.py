"""What was changed in a published fact, in words of three languages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import override

from cities.models import RecordCorrection, StatusEvent, Twinning
from cities.partial_dates import PartialDate
from detwin.languages import CODES, column
from detwin.simplified import fill_simplified

# What the public reads of a row. When the source was looked at again, or where a
# copy of it is kept, is upkeep and corrects nothing.
FACTS: dict[type[Model], tuple[str, ...]] = {
    Twinning: ("place", "chinese_place", "kind", "established_on"),
    StatusEvent: (
        *("status", "happened_on", "sequence", "date_inferred"),
        *("summary_en", "summary_zh_hant", "summary_zh_hans"),
        *("source_title", "source_url", "source_kind"),
    ),
}
# Texts of which the log says only that they changed; the page shows the new one.
UNQUOTED = ("summary_en", "summary_zh_hant", "summary_zh_hans", "source_url")


@dataclass(frozen=True)
class Changed:
    """One row before and after; either is None when it was added or deleted."""

    model: type[Model]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def fields(self) -> list[str]:
        """The published facts that differ."""
        old, new = self.before or {}, self.after or {}
        facts = FACTS[self.model]
        return [
            name for name in facts if (old.get(name) or "") != (new.get(name) or "")
        ]

    @property
    def corrects(self) -> bool:
        """Tell whether something that stood in public is different now."""
        return self.before is not None and (self.after is None or bool(self.fields))


def facts_of(row: Model) -> dict[str, Any]:
    """Return the published facts of a row as it is in memory."""
    return {name: getattr(row, name) for name in FACTS[type(row)]}


def facts_stored(row: Model) -> dict[str, Any]:
    """Return the published facts of a row as the database has them."""
    return facts_of(type(row)._default_manager.get(pk=row.pk))


def log_correction(
    tie: Twinning, changes: Iterable[Changed], why: Mapping[str, str]
) -> RecordCorrection | None:
    """Write the public note of what was corrected in a tie; None for no correction.

    `why` holds the reason by column (`why_en`, `why_zh_hant`, `why_zh_hans`); an
    empty Simplified one is made from the Traditional.
    """
    correcting = [change for change in changes if change.corrects]
    if not correcting:
        return None
    note = RecordCorrection(
        place=tie.place, chinese_place=tie.chinese_place, day=today()
    )
    for code in CODES:
        with override(code):
            setattr(note, column("what", code), "\n".join(map(in_words, correcting)))
        setattr(note, column("why", code), why.get(column("why", code)) or "")
    fill_simplified(note, ["why"])
    note.save()
    return note


def today() -> datetime.date:
    """Return the day on which something is noted, in UTC."""
    return timezone.now().date()


def in_words(change: Changed) -> str:
    """Say in the active language what changed in one row."""
    named = subject(change)
    if change.after is None:
        return _("%(subject)s: taken out.") % {"subject": named}
    parts = [difference(change, name) for name in change.fields]
    separator = _("; ")
    return _("%(subject)s: %(differences)s.") % {
        "subject": named,
        "differences": separator.join(parts),
    }


def subject(change: Changed) -> str:
    """Name the row: the agreement, or an event by its status and date before."""
    if change.model is Twinning:
        return _("The agreement")
    values = change.before or {}
    day = shown(StatusEvent, "happened_on", values["happened_on"])
    status = shown(StatusEvent, "status", values["status"])
    return _("Event “%(status)s” (%(day)s)") % {"status": status, "day": day}


def difference(change: Changed, name: str) -> str:
    """Say how one field differs."""
    field: Any = change.model._meta.get_field(name)
    label = force_str(field.verbose_name)
    if name in UNQUOTED:
        return _("%(field)s rewritten") % {"field": label}
    return _("%(field)s: %(old)s → %(new)s") % {
        "field": label,
        "old": shown(change.model, name, (change.before or {}).get(name)),
        "new": shown(change.model, name, (change.after or {}).get(name)),
    }


def shown(model: type[Model], name: str, value: Any) -> str:
    """Return a value of a field as a reader of the active language reads it."""
    field: Any = model._meta.get_field(name)
    if name in ("happened_on", "established_on"):
        return str(PartialDate.parse(value) or _("Date not known"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return f"{getattr(value, 'name', value)}"
