"""One cell as the value of a field, checked as the desk's own forms check it."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from cities.importing.cells import as_text, tidy
from cities.partial_dates import PartialDate

YES, NO = ("true", "1"), ("false", "0")


def value_of(field: models.Field[Any, Any], text: str) -> Any:
    """Return the field's value for the text of a cell; raises ValidationError."""
    if isinstance(field, models.BooleanField):
        return _flag(text)
    if isinstance(field, models.DateField):
        return _not_future(field, field.clean(text or None, None))
    if field.choices and text not in dict(field.flatchoices):
        codes = ", ".join(code for code, _label in field.flatchoices)
        raise ValidationError(_("Write one of: %(codes)s.") % {"codes": codes})
    value = field.clean(text, None)
    if field.name in ("happened_on", "established_on"):
        _refuse_future(value)
    return value


def is_same(value: Any, stored: Any) -> bool:
    """Tell whether two values would be the same cell."""
    return tidy(as_text(value)) == tidy(as_text(stored))


def is_same_code(cell: str, stored: Any) -> bool:
    """Tell whether a cell says what is stored, whatever a spreadsheet capitalised."""
    return is_same(cell.casefold(), as_text(stored).casefold())


def _flag(text: str) -> bool:
    folded = text.casefold()
    if folded not in YES + NO:
        raise ValidationError(_("Write true or false."))
    return folded in YES


def _not_future(field: models.Field[Any, Any], day: datetime.date | None) -> Any:
    if day is not None and day > timezone.now().date():
        raise ValidationError(_("This date is in the future."))
    return day


def _refuse_future(text: str) -> None:
    happened = PartialDate.parse(text)
    if happened and happened.first_day > timezone.now().date():
        raise ValidationError(_("This date is in the future."))
