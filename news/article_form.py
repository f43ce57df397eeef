"""What the desk asks of an article before it saves one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from detwin.desk import AnyForm
from detwin.languages import CODES, column
from news.figures import complaints

LONG_FIELDS = ("summary", "body")


class ArticleForm(AnyForm):
    """Asks for a title in any one language, not in English above all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CODES:
            # A browser would cut what is pasted to the limit, and say nothing.
            for field in LONG_FIELDS:
                if box := self.fields.get(column(field, code)):
                    box.widget.attrs.pop("maxlength", None)
        if "title_en" in self.fields:
            self.fields["title_en"].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse an article without any title, and pictures that are not there."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(column("title", code)) for code in CODES):
            raise ValidationError(_("Write a title in at least one language."))
        bodies = [column("body", code) for code in CODES]
        found = complaints(cleaned.get(name) or "" for name in bodies)
        for name, complaint in zip(bodies, found, strict=True):
            if complaint:
                self.add_error(name, complaint)
        return cleaned


class CorrectionForm(AnyForm):
    """Takes a note of today or before: it tells what has been changed."""

    def clean_day(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["day"]
        if day and day > timezone.now().date():
            raise ValidationError(_("This day has not come yet."))
        return day
