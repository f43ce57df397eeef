"""Every component of the design in each of its states. Not there in production."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cities.models.twinning import Status
from detwin.languages import CODES, OUTPUT_TAGS, SHORT_NAMES, current
from petitions.models import Petition, Signature

COLOURS = (
    *("ink", "soft", "edge", "rule", "tint", "paper"),
    *("act", "act-deep", "act-tint", "won", "won-tint"),
)


class SampleForm(forms.Form):
    """One field of each kind that the site's forms have."""

    audience = forms.ChoiceField(
        label=_("Who may see my name?"),
        choices=Signature.Audience,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"))
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("Of your home, work or place of study."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    postal_address = forms.CharField(
        label=_("Postal address"), widget=forms.Textarea(attrs={"rows": 3})
    )
    country = forms.ChoiceField(label=_("Country"), choices=[("", _("All countries"))])
    agree = forms.BooleanField(label=_("I agree"))

    @property
    def helper(self) -> FormHelper:
        """Return how crispy lays the form out: without an element of its own."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show the components in the language of `?language=`, else the reader's."""
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in CODES else current()):
        return render(request, "front/style.html", components())


def components() -> dict[str, Any]:
    """Return sample values for what the page shows."""
    return {
        "language_links": switch(),
        "colours": COLOURS,
        "statuses": Status.choices,
        "states": Petition.State.choices,
        "form": SampleForm(auto_id="empty_%s"),
        "wrong_form": SampleForm({"name": "Zoë O'Brien"}, auto_id="wrong_%s"),
        "today": timezone.now(),
        **petition(),
    }


def petition() -> dict[str, Any]:
    """Return the figures of a petition on its way, of a new one, and how to share."""
    return {
        "petition": Petition(slug="leeds"),
        "numbers": {
            "supporters": 3_214,
            "council_valid": 1_007,
            "paper": 412,
            "in_person": 35,
            "goal": 5_000,
            "bar_value": 1_007,
            "goal_triggers": SimpleNamespace(
                triggers_en="a debate in the full council",
                triggers_zh_hant="全體議會辯論",
                triggers_zh_hans="全体议会辩论",
            ),
        },
        "new_numbers": {"hidden": True},
        "share": {
            "text": _("Updates by the campaign's organisers, each with its sources."),
            "copy_url": "https://example.org/q/leeds",
        },
    }


def switch() -> list[dict[str, Any]]:
    """Return the page in each language: it has one address for all."""
    return [
        {
            "tag": OUTPUT_TAGS[code],
            "name": SHORT_NAMES[code],
            "href": f"?language={code}",
            "is_current": code == current(),
        }
        for code in CODES
    ]
