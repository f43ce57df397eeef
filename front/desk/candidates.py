"""Accept a candidate with a source, or reject it with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.correcting import today
from cities.desk_log import tell
from cities.models import Place, Twinning, TwinningCandidate
from cities.partial_dates import HELP, validate_partial_date
from cities.search import SEPARATOR, fold
from front.desk.deciding import add_event
from front.desk.event_form import EventForm, refuse_future
from front.desk.pages import desk_page, desk_render, for_every_place

QUEUE = "admin:cities_twinningcandidate_changelist"
TIE_FIELDS = ("place", "chinese_place", "kind", "established_on")


class AcceptForm(EventForm):
    """The tie as it goes on record, and its first event with the source."""

    place = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("Place"))
    chinese_place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Place in China")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Twinning.Kind,
        initial=Twinning.Kind.UNSPECIFIED,
    )
    established_on = forms.CharField(
        label=gettext_lazy("Established on"),
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        help_text=HELP,
    )
    field_order = [*TIE_FIELDS, *EventForm.Meta.fields]

    def __init__(self, *args: Any, candidate: TwinningCandidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["place"]
        places.queryset = Place.objects.outside_china().in_name_order()
        places.initial = only_match(places.queryset, candidate.place_name)
        chinese: Any = self.fields["chinese_place"]
        chinese.queryset = Place.objects.in_china().in_name_order()
        chinese.initial = only_match(chinese.queryset, candidate.chinese_name)

    def clean_established_on(self) -> str:
        """Refuse a date that begins after today."""
        text = str(self.cleaned_data["established_on"])
        refuse_future(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a pair that stands on record already."""
        cleaned = super().clean()
        pair = {name: cleaned.get(name) for name in ("place", "chinese_place")}
        if all(pair.values()) and Twinning.objects.filter(**pair).exists():
            raise ValidationError(_("This agreement stands on record already."))
        return cleaned


def only_match(places: Any, name: str) -> int | None:
    """Return the key of the one place that has exactly this name; else None."""
    folded = fold(name)
    found = [
        key
        for key, names in places.called(name).values_list("pk", "search_text")
        if folded in names.split(SEPARATOR)
    ]
    return found[0] if len(found) == 1 else None


class RejectForm(forms.Form):
    """Why a candidate does not belong on the record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("For other organisers; it is not published."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


@desk_page("cities.change_twinningcandidate", "cities.add_twinning")
@for_every_place
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a candidate and take the decision; the first decision stands."""
    row = get_object_or_404(TwinningCandidate, pk=pk)
    wants = request.POST.get("action", "")
    accept = AcceptForm(request.POST if wants == "accept" else None, candidate=row)
    reject = RejectForm(request.POST if wants == "reject" else None)
    chosen: forms.BaseForm = reject if wants == "reject" else accept
    if row.is_waiting and chosen.is_bound and chosen.is_valid():
        if decide(row.pk, chosen, request.user):
            messages.success(request, _("Decided: %(row)s") % {"row": row})
            return redirect(QUEUE)
        row.refresh_from_db()
    return desk_render(
        request,
        "candidate.html",
        str(row),
        status=422 if row.is_waiting and chosen.errors else 200,
        candidate=row,
        accept=accept,
        reject=reject,
        chosen=chosen,
    )


@transaction.atomic
def decide(pk: int, form: forms.BaseForm, organiser: object) -> bool:
    """Carry out the decision unless somebody was faster; tell whether it was."""
    waiting = TwinningCandidate.objects.select_for_update().waiting()
    row = waiting.filter(pk=pk).first()
    if row is None:
        return False
    if isinstance(form, RejectForm):
        row.reject(form.cleaned_data["reason"], str(organiser), today())
        tell(organiser, "candidate rejected", row, row.reason)
    else:
        values = dict(form.cleaned_data)
        tie = Twinning(**{name: values.pop(name) for name in TIE_FIELDS})
        tie.save()
        add_event(tie, values, organiser)
        row.accept(tie, str(organiser), today())
        tell(organiser, "candidate accepted", row, values["source_url"])
    return True
