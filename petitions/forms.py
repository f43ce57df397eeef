"""The public forms. They own what may be typed; views only pass it on."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import Place
from petitions import names
from petitions.address_field import EmailAddressField
from petitions.areas import find_area
from petitions.consent import audience_choices, consent_text
from petitions.fitted_fields import FittedFields, PostedField
from petitions.models import Petition, Signature, Wording
from petitions.receiving import fits
from petitions.terms import Terms
from safety.mailboxes import is_in_mainland_china

Audience = Signature.Audience
REQUIRED_FOR_COUNCIL = {
    "name": gettext_lazy("Enter your name, or choose to be counted without one."),
    "postcode": gettext_lazy(
        "Enter your postcode, or choose to be counted without a name."
    ),
    "postal_address": gettext_lazy(
        "Enter your postal address, or choose to be counted without a name."
    ),
    "connection": gettext_lazy(
        "Choose your connection with this place, or to be counted without a name."
    ),
}


class SignForm(forms.Form):
    """The sign form of one petition, as short as its council's rules allow.

    Beyond cleaned fields it knows `needs_provider_warning`: the address is with a
    provider in mainland China and the signer has not pressed a second time.
    """

    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see my name?"),
        choices=Audience,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who may see your name."),
            "invalid_choice": gettext_lazy("Choose who may see your name."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy(
            "As on your bills if the council is to count you; Chinese may be added."
        ),
        max_length=names.LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"),
        help_text=gettext_lazy("Of your home, work or place of study."),
        max_length=names.LONGEST_POSTCODE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        help_text=gettext_lazy("Of your home, work or place of study."),
        max_length=names.LONGEST_POSTAL_ADDRESS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    connection = forms.ChoiceField(
        label=gettext_lazy("My connection with this place"),
        required=False,
        widget=forms.RadioSelect,
    )
    area = forms.CharField(
        label=gettext_lazy("Your town or city, if it is on our list (optional)"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = EmailAddressField(
        help_text=gettext_lazy(
            "We send one link to it. Each address counts once: a couple sharing "
            "a mailbox needs two addresses."
        ),
        error_messages={"required": gettext_lazy("Enter your e-mail address.")},
    )
    agree = forms.BooleanField(
        error_messages={
            "required": gettext_lazy(
                "Tick the box if you agree; we cannot count you otherwise."
            )
        },
    )
    wording = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    anyway = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1)
    website = forms.CharField(required=False)

    def __init__(
        self,
        *args: Any,
        petition: Petition,
        wording: Wording,
        terms: Terms,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"wording": wording.number})
        # Django takes this form's fields from here.
        vars(self)["base_fields"] = fitted_fields.of(terms)
        self.bound_field_class = PostedField
        super().__init__(*args, **kwargs)
        self.petition, self.current_wording, self.terms = petition, wording, terms
        self.needs_provider_warning = False
        self.is_superseded = False

    @cached_property
    def helper(self) -> FormHelper:
        """The layout. Made, with the longest sentences, only when the form is shown."""
        self.fields = fitted_fields.of(self.terms).own()
        self.bound_field_class = forms.BoundField
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]
        if self.terms.offers_council:
            sentences = audience_choices(self.petition, self.terms)
            self.fields["audience"].choices = sentences  # type: ignore[attr-defined]
        self.fields["agree"].label = consent_text(self.petition, self.terms)
        return sign_helper(self)

    def clean_name(self) -> str:
        """Return the name as typed, outer space stripped and nothing else changed."""
        name = str(self.cleaned_data["name"])
        if self.wants_council:
            names.validate_name(name)
        return name if names.is_visible(name) else ""

    def clean_postal_address(self) -> str:
        """Return the address on one line; it is read only for *council*."""
        address = str(self.cleaned_data["postal_address"])
        return names.clean_postal_address(address) if self.wants_council else ""

    def clean_postcode(self) -> str:
        """Return the postcode in capitals; it is read only for *council*."""
        postcode = str(self.cleaned_data["postcode"])
        if not self.wants_council or not postcode:
            return ""
        return names.clean_postcode(postcode, is_british=self.terms.is_british)

    def clean_area(self) -> Place | None:
        """Return the listed place that was named, in any script; None for empty."""
        return find_area(str(self.cleaned_data["area"]), self.terms.area_country)

    def clean(self) -> dict[str, Any]:
        """Require what the council asks; drop what a *counted* signer typed."""
        data = self.cleaned_data
        data["audience"] = self.chosen_audience
        for field in self.terms.council_fields:
            if not self.wants_council:
                data.pop(field, None)
                self.errors.pop(field, None)
            elif not data.get(field) and field not in self.errors:
                self.add_error(field, ValidationError(REQUIRED_FOR_COUNCIL[field]))
        if self.wants_council and not fits(data):
            self.add_error("name", ValidationError(names.too_long_together()))
        self.is_superseded = data.get("wording") != self.current_wording.number
        # Nobody can mend a hidden field; the text is shown and asked about again.
        self.errors.pop("wording", None)
        if "email" in data and not data.get("anyway"):
            self.needs_provider_warning = is_in_mainland_china(data["email"])
        return data

    @property
    def chosen_audience(self) -> str:
        """The audience chosen; *counted* where the petition offers nothing else."""
        if not self.terms.offers_council:
            return Audience.COUNTED
        return str(self.cleaned_data.get("audience", ""))

    @property
    def wants_council(self) -> bool:
        """Tell whether the signer chose that the council may see the name."""
        return self.chosen_audience == Audience.COUNCIL

    @property
    def is_acceptable(self) -> bool:
        """Tell whether the signature can be stored without asking anything more."""
        return (
            self.is_valid()
            and not self.is_superseded
            and not self.needs_provider_warning
        )


fitted_fields = FittedFields(SignForm.declared_fields)


def sign_helper(form: SignForm) -> FormHelper:
    """Lay the form out; the fields of *council* stand in one box that CSS can hide."""
    council = [name for name in form.terms.council_fields if name in form.fields]
    parts = [name for name in ("audience",) if name in form.fields]
    parts += [Div(*council, css_class="for-council")] if council else []
    parts += [name for name in ("area",) if name in form.fields]
    helper = FormHelper(form)
    helper.form_id = "sign"
    helper.form_action = reverse("petitions:sign", args=[form.petition.slug])
    helper.disable_csrf = True
    helper.attrs = {"novalidate": True}
    helper.layout = Layout(
        *parts,
        "email",
        "agree",
        "wording",
        "anyway",
        "website",
        Submit("sign", _("Sign now")),
    )
    return helper
