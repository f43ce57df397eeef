"""“Our city is missing”: a reader tells us, without an account or a name."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cities.models import MissingPlace
from detwin.answers import SeeOther, no_store
from front.place_list import LONGEST_QUERY, printable, world_petition
from petitions.guards import frequency_refusal, refusal_of
from safety.throttling import Limit

# For one network, behind which a whole stall may stand.
TELL = Limit("missing-place", 20, 3600)


class MissingPlaceForm(forms.Form):
    """A place and where its agreement can be read about; nothing about the reader."""

    name = forms.CharField(
        label=gettext_lazy("Town or city"),
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the town or city.")},
    )
    country = forms.CharField(
        label=gettext_lazy("Country"),
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the country.")},
    )
    source = forms.URLField(
        label=gettext_lazy("Where we can read about the agreement (optional)"),
        help_text=gettext_lazy(
            "The address of a page: the council's, a newspaper's, a list's."
        ),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        error_messages={
            "invalid": gettext_lazy(
                "This is not an address of a page. It starts with https://"
            )
        },
    )
    website = forms.CharField(required=False)

    @property
    def helper(self) -> FormHelper:
        """The layout, with the button."""
        helper = FormHelper(self)
        helper.form_id = "missing"
        helper.form_action = reverse("cities:missing")
        helper.disable_csrf = True
        helper.attrs = {"novalidate": True}
        helper.add_input(Submit("tell", _("Tell us")))
        return helper

    def clean_name(self) -> str:
        """Return the name on one line, without control characters."""
        return self.visible("name")

    def clean_country(self) -> str:
        """Return the country on one line, without control characters."""
        return self.visible("country")

    def visible(self, field: str) -> str:
        """Return what can be seen of a field; refuse it where nothing can."""
        if text := printable(self.cleaned_data[field]):
            return text
        missing = self.fields[field].error_messages["required"]
        raise forms.ValidationError(missing, code="required")

    def tell(self) -> None:
        """Store it for the organisers; a robot's is thanked for and dropped."""
        told = dict(self.cleaned_data)
        if not told.pop("website"):
            MissingPlace.tell(timezone.now().date(), **told)


@csrf_exempt
def missing_place(request: HttpRequest) -> HttpResponse:
    """Show the form; take what is told, or send it back with what is wrong."""
    if request.method in ("GET", "HEAD"):
        typed = {"name": printable(request.GET.get("q", ""))}
        return page(request, MissingPlaceForm(initial=typed))
    if refusal := refusal_of(request) or frequency_refusal(request, TELL):
        return refusal
    form = MissingPlaceForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    form.tell()
    return SeeOther(reverse("cities:missing-thanks"))


def page(
    request: HttpRequest, form: MissingPlaceForm, status: int = 200
) -> HttpResponse:
    """Render the form; what somebody typed is kept nowhere on the way."""
    context = {"form": form, "world": world_petition()}
    response = render(request, "cities/missing.html", context, status=status)
    return no_store(response)


@require_safe
def missing_place_told(request: HttpRequest) -> HttpResponse:
    """Thank the reader; the same page for everybody."""
    return render(request, "cities/missing_thanks.html", {"world": world_petition()})
