"""What an organiser types about something that happened to a tie."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import StatusEvent
from cities.partial_dates import PartialDate, validate_partial_date
from detwin.desk import SIMPLIFIED_HINT
from detwin.languages import NAMES

if TYPE_CHECKING:
    EventModelForm = forms.ModelForm[StatusEvent]
else:  # Django's own class takes no type at run time.
    EventModelForm = forms.ModelForm

ADDRESS = {"class": "vURLField"}
TEXT = {"rows": 3, "class": "vLargeTextField"}


def summary_label(code: str) -> str:
    """Ask for the summary in one language, named in that language itself."""
    text = _("What was decided, in one or two sentences (%(language)s)")
    return text % {"language": NAMES[code]}


label_when_shown = lazy(summary_label, str)


def summary_field(code: str, help_text: Any = "") -> forms.CharField:
    """Return the field of the summary in one language."""
    return forms.CharField(
        label=label_when_shown(code),
        required=False,
        max_length=2000,
        help_text=help_text,
        widget=forms.Textarea(attrs=TEXT),
    )


class EventForm(EventModelForm):
    """One sourced thing that happened; the source is required, the future refused."""

    source_url = forms.URLField(
        label=gettext_lazy("Source address"),
        assume_scheme="https",
        max_length=600,
        widget=forms.URLInput(attrs=ADDRESS),
    )
    archived_url = forms.URLField(
        label=gettext_lazy("Archived copy"),
        required=False,
        assume_scheme="https",
        max_length=600,
        help_text=gettext_lazy("An address in a web archive, so that it stays."),
        widget=forms.URLInput(attrs=ADDRESS),
    )
    summary_en = summary_field("en")
    summary_zh_hant = summary_field("zh-hant")
    summary_zh_hans = summary_field("zh-hans", SIMPLIFIED_HINT)

    class Meta:
        model = StatusEvent
        fields = [
            "status",
            "happened_on",
            "date_inferred",
            "source_title",
            "source_url",
            "source_kind",
            "archived_url",
            "summary_en",
            "summary_zh_hant",
            "summary_zh_hans",
        ]
        widgets = {"source_title": forms.TextInput(attrs={"class": "vTextField"})}
        help_texts = {
            "date_inferred": gettext_lazy(
                "Tick it when the source does not give the date and you concluded it."
            ),
            "source_kind": gettext_lazy(
                "What the council says itself counts as confirmed; a list does not."
            ),
        }

    def clean_happened_on(self) -> str:
        """Refuse a date that begins after today."""
        text = str(self.cleaned_data["happened_on"])
        refuse_future(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for a summary in one language at least."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("summary_en") or cleaned.get("summary_zh_hant")):
            self.add_error(
                "summary_en",
                _("Write the summary in English or in Traditional Chinese at least."),
            )
        return cleaned


def refuse_future(text: str, today: datetime.date | None = None) -> None:
    """Raise ValidationError for no date, and when no day it can mean has come yet."""
    validate_partial_date(text)
    happened = PartialDate.parse(text)
    if happened and happened.first_day > (today or timezone.now().date()):
        raise ValidationError(_("This date is in the future."), code="future")
