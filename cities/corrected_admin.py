"""Asks why, when a published fact of the record is changed at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.correcting import FACTS, Changed, facts_stored
from cities.record_admin import KeepsRecord
from detwin.desk import AnyForm
from detwin.languages import CODES, NAMES, column

WHY_COLUMNS = tuple(column("why", code) for code in CODES)
TICK = "not_a_correction"
REASON_FIELDS = [*WHY_COLUMNS, TICK]
REASON_HELP = gettext_lazy(
    "Needed when you change what the public reads. It goes into the public list of "
    "corrections, with what you changed and today's date. Write English and "
    "Traditional Chinese if you can; Simplified is made from Traditional."
)


def why_field(code: str) -> forms.CharField:
    """Return the field for the reason in one language, named in that language."""
    return forms.CharField(
        label=NAMES[code],
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


def tick_field() -> forms.BooleanField:
    """Return the tick that says that nothing in the facts was corrected."""
    return forms.BooleanField(
        label=gettext_lazy("Not a correction: only spelling, wording or translation"),
        required=False,
    )


def missing_reason() -> ValidationError:
    """Return the complaint about a change without a reason."""
    return ValidationError(
        _(
            "You are changing what the public has read. Say why, in at least one "
            "language, or tick that it is not a correction."
        ),
        code="reason",
    )


class GivesReason(forms.Form):
    """The reason for a change: three languages, or a tick that none is needed."""

    why_en = why_field("en")
    why_zh_hant = why_field("zh-hant")
    why_zh_hans = why_field("zh-hans")
    not_a_correction = tick_field()

    def clean(self) -> dict[str, Any]:
        """Refuse neither reason nor tick."""
        cleaned = super().clean() or self.cleaned_data
        if not has_reason(cleaned):
            raise missing_reason()
        return cleaned


def has_reason(values: Any) -> bool:
    """Tell whether a reason was written, or ticked away."""
    written = any(str(values.get(name) or "").strip() for name in WHY_COLUMNS)
    return written or bool(values.get(TICK))


class TwinningForm(AnyForm):
    """A tie with the reason for changing it."""

    why_en = why_field("en")
    why_zh_hant = why_field("zh-hant")
    why_zh_hans = why_field("zh-hans")
    not_a_correction = tick_field()

    def clean(self) -> dict[str, Any]:
        """Ask for the reason when a published fact of a stored tie is changed."""
        cleaned = super().clean() or self.cleaned_data
        facts = set(FACTS[self._meta.model])
        is_corrected = self.instance.pk and facts & set(self.changed_data)
        if is_corrected and not has_reason(cleaned):
            raise missing_reason()
        return cleaned


class CorrectedEvents(KeepsRecord):
    """Events of a tie; to change or delete a stored one, a reason is asked for."""

    def clean(self) -> None:
        """Ask for the reason, which stands in the tie's own form."""
        super().clean()
        is_corrected = any(self.is_corrected(form) for form in self.initial_forms)
        if is_corrected and not has_reason(self.data):
            raise missing_reason()

    def is_corrected(self, form: Any) -> bool:
        """Tell whether a stored event is taken out or says something else now."""
        if form.cleaned_data.get("DELETE"):
            return True
        return bool(set(FACTS[self.model]) & set(form.changed_data))

    def changes(self) -> list[Changed]:
        """Return what is about to change in stored events; call before saving."""
        found = []
        for form in self.initial_forms:
            if form.has_changed() and form.instance.pk:
                before = facts_stored(form.instance)
                gone = bool(form.cleaned_data.get("DELETE"))
                new = {**before, **given(form, before)}
                found.append(Changed(self.model, before, None if gone else new))
        return found


def given(form: Any, facts: Any) -> dict[str, Any]:
    """Return what a valid form says of these facts."""
    cleaned = form.cleaned_data
    return {name: cleaned[name] for name in facts if name in cleaned}
