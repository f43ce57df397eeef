"""What somebody who wants to join is asked; nothing more than an answer needs."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from petitions.address_field import EmailAddressField

LONGEST_NAME = 150
LONGEST_MESSAGE = 2000


class JoinForm(forms.Form):
    """What both forms ask."""

    kind = ""

    name = forms.CharField(
        label=gettext_lazy("What shall we call you?"),
        help_text=gettext_lazy("Any name will do; it need not be your own."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter a name.")},
    )
    city = forms.CharField(
        label=gettext_lazy("Town or city (optional)"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = EmailAddressField(
        help_text=gettext_lazy(
            "We send a link there first. Nobody reads what you wrote before you "
            "press the button behind it."
        ),
        error_messages={"required": gettext_lazy("Enter an e-mail address.")},
    )
    message = forms.CharField(
        label=gettext_lazy("What would you like to do? (optional)"),
        help_text=gettext_lazy("At most 2,000 characters."),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = f"join-{self.kind}"
        self.helper.form_action = reverse(f"campaign:join-{self.kind}")
        self.helper.disable_csrf = True
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("go", _("Send me the link")))

    @property
    def is_from_a_robot(self) -> bool:
        """Tell whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data["website"])

    def clean_name(self) -> str:
        """Return the name on one line."""
        return self.on_one_line("name")

    def clean_city(self) -> str:
        """Return the city on one line."""
        return self.on_one_line("city")

    def on_one_line(self, field: str) -> str:
        """Return what can be seen of a field; refuse a required one without any."""
        text = " ".join(str(self.cleaned_data[field]).split())
        text = "".join(letter for letter in text if letter.isprintable())
        if not text.strip() and self.fields[field].required:
            missing = self.fields[field].error_messages["required"]
            raise forms.ValidationError(missing, code="required")
        return text

    def details(self) -> dict[str, Any]:
        """Return what is passed on."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "website" and value
        }


class PersonForm(JoinForm):
    """One person who wants to help."""

    kind = "person"


class GroupForm(JoinForm):
    """A group that wants to be part of it."""

    kind = "group"
    field_order = ["group", "city", "group_website", "name", "email"]

    group = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Enter the name of the group.")},
    )
    group_website = forms.URLField(
        label=gettext_lazy("Its website (optional)"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Enter a whole address, such as https://….")
        },
    )
    signs = forms.BooleanField(
        label=gettext_lazy("We want to sign the joint statement"), required=False
    )
    may_be_named = forms.BooleanField(
        label=gettext_lazy("You may name our group in public"),
        help_text=gettext_lazy("Only after an organiser has spoken with you."),
        required=False,
    )

    def clean_group(self) -> str:
        """Return the group's name on one line."""
        return self.on_one_line("group")
