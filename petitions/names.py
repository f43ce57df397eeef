"""Which names, postcodes and addresses people may give: nearly any."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_NAME = 120
LONGEST_POSTAL_ADDRESS = 200
LONGEST_POSTCODE = 12

# They turn the direction of everything after them and can hide what is written.
DIRECTION_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What stands in place of bytes that were no UTF-8: the rest of the text is damaged.
REPLACEMENT = "\ufffd"
ADDRESS_ON_THE_WEB = re.compile(r"://|\bwww\.", re.IGNORECASE)
BRITISH_POSTCODE = re.compile(
    r"^(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?"
    r"|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2})$"
)


def validate_name(name: str) -> None:
    """Refuse only what is no name: control characters, web addresses, formulas.

    A leading `= + - @` would be run as a formula by the council's spreadsheet.
    """
    refuse_controls(name)
    if name[:1] in "=+-@" and name:
        raise ValidationError(
            _("A name cannot begin with = + - or @."), code="name_formula"
        )
    if ADDRESS_ON_THE_WEB.search(name):
        raise ValidationError(
            _("A name cannot contain a web address."), code="name_web_address"
        )


def is_visible(text: str) -> bool:
    """Tell whether anything of a text can be seen: not only spaces and joiners."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


def refuse_controls(text: str) -> None:
    """Refuse invisible control characters; joiners inside names stay allowed."""
    if text.isprintable() and REPLACEMENT not in text:
        return
    for letter in text:
        is_control = unicodedata.category(letter) in ("Cc", "Cs")
        if is_control or letter in DIRECTION_OVERRIDES or letter == REPLACEMENT:
            raise ValidationError(
                _("This contains invisible control characters. Please type it again."),
                code="control_characters",
            )


def clean_postal_address(text: str) -> str:
    """Join the lines of a postal address with commas; refuse control characters."""
    lines = [line.strip() for line in text.splitlines()]
    joined = ", ".join(line for line in lines if line)
    refuse_controls(joined)
    return joined


def clean_postcode(text: str, *, is_british: bool) -> str:
    """Return a postcode in capitals; for British ones check the form.

    Full-width characters are folded. Other countries' codes are taken as typed.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    refuse_controls(folded)
    # Some single characters fold into many.
    is_too_long = len(folded) > LONGEST_POSTCODE
    if is_too_long or (is_british and not BRITISH_POSTCODE.match(folded)):
        raise ValidationError(
            _("Enter a full postcode, for example LS1 1UR."), code="postcode"
        )
    return folded


def too_long_together() -> str:
    """Return the message for a name and addresses that no sealed record can hold."""
    return _("Name and addresses are too long together. Please shorten one of them.")
