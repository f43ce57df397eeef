"""The form by which anybody asks for news by mail."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import Place
from petitions.address_field import EmailAddressField
from petitions.areas import find_area
from petitions.consent import group_name
from safety.mailboxes import is_in_mainland_china


class News(models.TextChoices):
    """Which list somebody wants to be on."""

    ALL = "all", gettext_lazy("All news of the campaign")
    PLACE = "place", gettext_lazy("Only news about one town or city")


def consent_text() -> str:
    """Return the one sentence that a subscriber ticks."""
    return _(
        "I agree that %(body)s keeps my e-mail address, readable to its server, to "
        "send me news, which may show a political opinion. I can stop any time. It is "
        "deleted after 24 months unless I agree again."
    ) % {"body": group_name()}


class UpdatesForm(forms.Form):
    """An address, a list, and a yes.

    Beyond cleaned fields it knows `needs_provider_warning`: the address is with a
    provider in mainland China and its owner has not pressed a second time.
    """

    news = forms.ChoiceField(
        label=gettext_lazy("Which news?"),
        choices=News,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose which news you want."),
            "invalid_choice": gettext_lazy("Choose which news you want."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Town or city"),
        help_text=gettext_lazy("In any script, as on our list of cities."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = EmailAddressField(
        help_text=gettext_lazy(
            "We send one link to it. Nothing else before you press."
        ),
        error_messages={"required": gettext_lazy("Enter your e-mail address.")},
    )
    agree = forms.BooleanField(
        label=lazy(consent_text, str)(),
        error_messages={
            "required": gettext_lazy(
                "Tick the box if you agree; we cannot write to you otherwise."
            )
        },
    )
    anyway = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1)
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_provider_warning = False

    @property
    def helper(self) -> FormHelper:
        """The layout; the town's field stands below the two answers."""
        helper = FormHelper(self)
        helper.form_id = "updates"
        helper.form_action = reverse("news:updates")
        helper.disable_csrf = True
        helper.attrs = {"novalidate": True}
        helper.layout = Layout(
            "news",
            Div("place", css_class="for-place"),
            "email",
            "agree",
            "anyway",
            "website",
            Submit("go", _("Send me the link")),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        """Find the town for whoever wants one town's news; drop it for the others."""
        data = self.cleaned_data
        typed, data["slug"] = data.get("place", ""), ""
        if data.get("news") == News.PLACE and "place" in data:
            try:
                found = self.found_place(str(typed))
                data["slug"] = found.slug
            except ValidationError as error:
                self.add_error("place", error)
        if "email" in data and not data.get("anyway"):
            self.needs_provider_warning = is_in_mainland_china(data["email"])
        return data

    def found_place(self, typed: str) -> Place:
        """Return the place outside China that is called so; raises ValidationError."""
        by_slug = Place.objects.outside_china().filter(slug=typed.strip().lower())
        try:
            found = by_slug.first() or find_area(typed)
        except ValidationError as error:
            if error.code == "area_ambiguous":
                raise
            found = None
        if found is None:
            message = _("Enter a town or city that is on our list, or choose all news.")
            raise ValidationError(message, code="place_unknown")
        return found

    @property
    def is_acceptable(self) -> bool:
        """Tell whether it can be stored without asking anything more."""
        return self.is_valid() and not self.needs_provider_warning

    @property
    def is_from_a_robot(self) -> bool:
        """Tell whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data["website"])
