"""The quick entry “a council decided”, and what stands on record afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import Place, StatusEvent, Twinning
from front.desk.deciding import record_decision
from front.desk.event_form import EventForm
from front.desk.pages import desk_page, desk_render
from front.desk.suggestions import perhaps_won
from front.place_list import printable
from news.models import Article
from safety.organisers.places import theirs

if TYPE_CHECKING:
    TiesField = forms.ModelMultipleChoiceField[Twinning]
else:  # Django's own class takes no type at run time.
    TiesField = forms.ModelMultipleChoiceField

MOST_PLACES = 30
MAY_DECIDE = ("cities.add_statusevent", "news.add_article")


class Ties(TiesField):
    """The ties of one place, each shown with the status it has now."""

    def label_from_instance(self, tie: Any) -> str:
        """Name the partner place and the status."""
        return f"{tie.chinese_place.name} · {tie.status_label}"


class DecidedForm(EventForm):
    """What a council decided about some of its ties."""

    twinnings = Ties(
        queryset=Twinning.objects.none(),
        label=gettext_lazy("About the agreements with"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one agreement.")},
    )
    field_order = ["twinnings", *EventForm.Meta.fields]

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ties = Twinning.objects.filter(place=place).with_history()
        chosen: Any = self.fields["twinnings"]
        chosen.queryset = ties.order_by("chinese_place__name_en", "pk")
        if len(chosen.queryset) == 1:
            chosen.initial = [tie.pk for tie in chosen.queryset]


def open_to(request: HttpRequest) -> Any:
    """Return the places whose record the organiser's role is for."""
    return theirs(Place.objects.outside_china(), request.user, MAY_DECIDE[0], "pk")


@desk_page(*MAY_DECIDE)
def choose_place(request: HttpRequest) -> HttpResponse:
    """Find the place whose council decided, by any name in any script."""
    query = printable(request.GET.get("q", ""))
    places = open_to(request).called(query).in_name_order()
    return desk_render(
        request,
        "choose_place.html",
        _("A council decided"),
        query=query,
        places=places[:MOST_PLACES],
    )


@desk_page(*MAY_DECIDE)
def decided(request: HttpRequest, slug: str) -> HttpResponse:
    """Take down what was decided; a second press adds nothing."""
    places = open_to(request).select_related("council")
    place: Place = get_object_or_404(places, slug=slug)
    form = DecidedForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        ties = values.pop("twinnings")
        events, _article = record_decision(place, ties, values, request.user)
        say_what_was_done(request, events)
        return redirect("desk:place", slug=slug)
    title = _("A council decided: %(place)s") % {"place": place.name}
    return desk_render(
        request,
        "decided.html",
        title,
        status=422 if form.errors else 200,
        place=place,
        form=form,
    )


def say_what_was_done(request: HttpRequest, events: list[StatusEvent]) -> None:
    """Tell the organiser what was added, and what it does not change."""
    if not events:
        messages.info(request, _("This stands on record already; nothing was added."))
        return
    messages.success(request, _("Recorded, and an article was drafted."))
    for event in events:
        latest = event.twinning.latest_event
        if latest is not None and latest.pk != event.pk:
            text = _("%(tie)s: a later event is on record, so its status stays.")
            messages.warning(request, text % {"tie": event.twinning})


@desk_page("cities.view_twinning")
def place_on_record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what stands on record for a place, its drafts, and what may follow."""
    places = theirs(Place.objects.all(), request.user, "cities.view_twinning", "pk")
    place: Place = get_object_or_404(places, slug=slug)
    ties = Twinning.objects.filter(place=place).with_history()
    return desk_render(
        request,
        "place.html",
        place.name,
        place=place,
        ties=ties.order_by("chinese_place__name_en", "pk"),
        drafts=Article.objects.filter(place=place, publish_at=None).order_by("-pk"),
        perhaps_won=perhaps_won(place),
    )
