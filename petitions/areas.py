"""Where supporters of country and worldwide petitions are, no finer than a place."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.models import Place
from cities.search import SEPARATOR, fold


def find_area(typed: str, country: str = "") -> Place | None:
    """Return the listed place outside China that has exactly this name.

    Any of its names in any script will do. Raises ValidationError when no place,
    or more than one, is called so.
    """
    folded = fold(typed)
    if not folded:
        return None
    near = Place.objects.outside_china().called(typed)
    if country:
        near = near.filter(country=country)
    found = [place for place in near if folded in place.search_text.split(SEPARATOR)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            _("No place of this name is on our list. You may leave this empty."),
            code="area_unknown",
        )
    raise ValidationError(
        _("Several places have this name. Write one of these: %(names)s.")
        % {"names": ", ".join(place.slug for place in found)},
        code="area_ambiguous",
    )
