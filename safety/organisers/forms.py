"""What organisers type at the door."""

from __future__ import annotations

import unicodedata

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _

from safety.organisers.passkeys import LONGEST_NAME


class PasskeyForm(forms.Form):
    """What the browser answers for a passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)


class NewPasskeyForm(PasskeyForm):
    """A passkey just made, with a name to tell it from others."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("For example “phone” or “blue security key”."),
        max_length=LONGEST_NAME,
    )


class RecoveryForm(forms.Form):
    """A recovery code and whose it is."""

    username = forms.CharField(
        label=_("Your name at the desk"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Return the digits, however they were spaced or however wide."""
        folded = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        return "".join(sign for sign in folded if sign.isdigit())


class PasswordForm(AdminAuthenticationForm):
    """Name and password: only where the desk asks for no passkey."""
