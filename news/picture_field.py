"""The form field for a picture that is drawn anew."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.picture_making import LARGEST_BYTES


class PictureField(forms.FileField):
    """Takes a file that is not too heavy; what is in it is judged by drawing it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Picture"))
        kwargs.setdefault("widget", forms.FileInput)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/jpeg,image/png,image/webp"
        self.help_text = gettext_lazy(
            "JPEG of at most 60 million pixels, PNG or WebP of 20, and at most 15 MB. "
            "It is drawn anew: what the camera noted of place, time and device is left "
            "out. If something below is refused, choose the file again."
        )

    def to_python(self, data: Any) -> Any:
        """Return the file; ValidationError when it is too heavy to be read."""
        file = super().to_python(data)
        if file and file.size > LARGEST_BYTES:
            raise ValidationError(
                _("The file has more than %(most)s MB. Please make it smaller first.")
                % {"most": LARGEST_BYTES // 1024 // 1024}
            )
        return file
