"""What organisers type and upload for the press room."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from detwin.desk import AnyForm
from detwin.languages import CODES, column
from news.picture_field import PictureField
from news.picture_making import BadPicture
from news.press_pictures import Drawn, draw


class AnyLanguageForm(AnyForm):
    """Asks for one text in any one language, not in English above all."""

    named = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[column(self.named, "en")].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse a row that says it in no language."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(column(self.named, code)) for code in CODES):
            raise ValidationError(_("Write the text in at least one language."))
        return cleaned


class ReleaseForm(AnyLanguageForm):
    named = "title"


class QuoteForm(AnyLanguageForm):
    named = "words"


class SpokespersonForm(AnyLanguageForm):
    named = "role"


class PressAssetForm(AnyForm):
    """Takes a file and keeps only what was drawn from it."""

    upload = PictureField(required=False)
    drawn: Drawn | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CODES:
            # The Simplified text is made from the Traditional one when it is empty.
            self.fields[column("alt", code)].required = code != "zh-hans"

    def clean_upload(self) -> Any:
        """Draw the picture, or say why it is not taken."""
        upload = self.cleaned_data.get("upload")
        if upload is None:
            if not self.instance.digest:
                raise ValidationError(_("Choose a picture."))
            return None
        try:
            self.drawn = draw(upload)
        except BadPicture as bad:
            raise ValidationError(str(bad)) from bad
        return upload

    def clean_people_agreed(self) -> bool:
        """Refuse a picture without the tick for the people in it."""
        if not self.cleaned_data.get("people_agreed"):
            raise ValidationError(
                _("Without the agreement of everybody who can be recognised, no.")
            )
        return True
