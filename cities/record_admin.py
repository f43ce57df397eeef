"""What came from the record's files is changed at the desk, but never deleted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cities.models.from_record import FromRecord
from detwin.desk import AnyModelAdmin, OnceInParent


def why_it_stays(row: Any) -> str:
    """Say why a row cannot be deleted."""
    return _(
        "“%(row)s” came from the record's files, and the next load would bring it "
        "back. Change it here instead, or take it out of the files."
    ) % {"row": row}


def is_from_files(row: Any) -> bool:
    """Tell whether `load_record` made a row."""
    return isinstance(row, FromRecord) and bool(row.record_key)


class KeepsRecord(OnceInParent):
    """Inline rows of which those from the record's files cannot be deleted."""

    def clean(self) -> None:
        """Refuse the whole form when such a row is ticked for deletion."""
        super().clean()
        for form in self.initial_forms:
            if form.cleaned_data.get("DELETE") and is_from_files(form.instance):
                raise ValidationError(why_it_stays(form.instance))


class KeepsRecordRows(AnyModelAdmin):
    """An admin whose rows stay when they came from the record's files."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Add such rows to what protects itself, with the reason."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        reasons = [why_it_stays(row) for row in objs if is_from_files(row)]
        return rows, counts, missing, [*protected, *reasons]
