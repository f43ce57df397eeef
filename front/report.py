"""“Report an error”: for anybody, without an account, a name or a cookie."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cities.models import ErrorReport, Place
from cities.models.error_report import LONGEST_REPORT
from detwin.answers import SeeOther, no_store
from detwin.languages import current
from detwin.page_cache import kept
from front.report_mail import queue_report
from petitions.address_field import EmailAddressField
from petitions.guards import frequency_refusal, refusal_of
from safety.throttling import Limit

# For one network, as wide as a newsroom or a phone company's gateway needs.
REPORT = Limit("report", 20, 3600)


class OptionalAddressField(EmailAddressField):
    """An e-mail address, or none."""

    def clean(self, value: Any) -> str:
        """Return the address; nothing for nothing typed."""
        return super().clean(value) if str(value or "").strip() else ""


class ReportForm(forms.Form):
    """What is wrong, where the right fact can be read, and an address if wanted."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy(
            "Say which city or page, what stands there and what is right. At most "
            "2,000 characters."
        ),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Say what is wrong.")},
    )
    source_url = forms.URLField(
        label=gettext_lazy("Link to a source (optional)"),
        required=False,
        max_length=600,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Enter a whole address, such as https://….")
        },
    )
    email = OptionalAddressField(
        label=gettext_lazy("E-mail address, if you want an answer (optional)"),
        help_text=gettext_lazy(
            "It goes to the organisers in one mail and is not stored with your report."
        ),
        required=False,
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, place: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.CONTROLLER_EMAIL:
            del self.fields["email"]
        self.helper = FormHelper()
        self.helper.form_id = "report"
        self.helper.form_action = address_of(place)
        self.helper.disable_csrf = True
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("go", _("Send the report")))

    @property
    def is_from_a_robot(self) -> bool:
        """Tell whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data["website"])


def address_of(place: Place | None) -> str:
    """Return the form's own address, for one place or for the whole site."""
    if place is None:
        return reverse("front:report")
    return reverse("cities:report", args=[place.slug])


@csrf_exempt
@kept
def report(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the form; take a report and lead everybody to the same answer."""
    place = get_object_or_404(Place, slug=slug) if slug else None
    if request.method in ("GET", "HEAD"):
        return show(request, ReportForm(place=place), place)
    if refusal := refusal_of(request) or frequency_refusal(request, REPORT):
        return refusal
    form = ReportForm(request.POST, place=place)
    if not form.is_valid():
        return show(request, form, place, 422)
    if not form.is_from_a_robot:
        take(form.cleaned_data, place)
    return no_store(SeeOther(reverse("front:reported")))


def show(
    request: HttpRequest, form: ReportForm, place: Place | None, status: int = 200
) -> HttpResponse:
    """Show the form with what was typed and what is wrong with it."""
    context = {"form": form, "place": place}
    answer = render(request, "front/report.html", context, status=status)
    return answer if status == 200 else no_store(answer)


@transaction.atomic
def take(data: dict[str, Any], place: Place | None) -> ErrorReport:
    """Store the report without the address; queue the address to be passed on."""
    stored = ErrorReport.objects.create(
        place=place,
        text=data["text"],
        source_url=data["source_url"],
        language=current(),
    )
    if address := data.get("email"):
        queue_report(stored, address)
    return stored


@kept
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """Say that the report arrived, and what happens now."""
    return render(request, "front/reported.html")
