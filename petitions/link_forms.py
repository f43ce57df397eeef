"""The one-field forms beside the sign form: the typed code, and a new link."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petitions.address_field import EmailAddressField
from petitions.models import Petition
from safety.links import CODE_LENGTH, fold_code


class CodeForm(forms.Form):
    """The short code of a confirmation mail, typed by hand."""

    code = forms.CharField(
        label=gettext_lazy("Code from the e-mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
        error_messages={"required": gettext_lazy("Enter the code from the e-mail.")},
    )

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = small_helper("code", petition, _("Go on"))

    def clean_code(self) -> str:
        """Return the bare code; full-width characters, spaces and dashes are folded."""
        code = fold_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise ValidationError(wrong_code(), code="wrong_code")
        return code


class LinkForm(forms.Form):
    """Asks for a new link to a signature."""

    email = EmailAddressField(
        error_messages={"required": gettext_lazy("Enter your e-mail address.")}
    )

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = small_helper("link", petition, _("Send me my link again"))


def wrong_code() -> str:
    """Return the one message for every code that leads nowhere."""
    return _("This code is not valid. Check it, or sign again to get a new one.")


def small_helper(name: str, petition: Petition, button: str) -> FormHelper:
    """Lay out a form of one field."""
    helper = FormHelper()
    helper.form_id = name
    helper.form_action = reverse(f"petitions:{name}", args=[petition.slug])
    helper.disable_csrf = True
    helper.attrs = {"novalidate": True}
    helper.add_input(Submit("go", button))
    return helper
