"""The form field for an e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from safety.mailboxes import LONGEST_ADDRESS, clean_address


class EmailAddressField(forms.CharField):
    """An e-mail address, internationalised domains included."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("E-mail address"))
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="email", maxlength=LONGEST_ADDRESS)

    def clean(self, value: Any) -> str:
        """Return the address that mail is sent to; ValidationError if unusable."""
        return clean_address(super().clean(value))
