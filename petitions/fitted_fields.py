"""The fields of the sign form, fitted to what a petition asks, once for all signers.

Django copies every field for every form, because a form may change its own. Ours
changes them only in order to be shown; judging what was posted needs no copies, and
in a burst that is most of a form's cost.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

from django.forms import BaseForm, BoundField, Field

from petitions.models import Signature
from petitions.terms import Terms

COUNCIL_FIELDS = ("name", "postcode", "postal_address", "connection")


class PostedField(BoundField):
    """What was posted for a field, to be judged: no label, hint or widget of its own.

    A form whose fields are `own()` is bound anew before it is shown.
    """

    def __init__(self, form: BaseForm, field: Field, name: str) -> None:
        self.form, self.field, self.name = form, field, name
        self.html_name = form.add_prefix(name)
        self.renderer = form.renderer


class SharedFields(dict[str, Field]):
    """Fields that many forms use at once; nobody may change one without `own()`."""

    def __deepcopy__(self, memo: dict[int, Any]) -> SharedFields:
        return SharedFields(self)

    def own(self) -> dict[str, Field]:
        """Return copies that one form may change."""
        return {name: copy.deepcopy(field) for name, field in self.items()}


class FittedFields:
    """Gives each terms their fields, made from the declared ones at the first use."""

    def __init__(self, declared: dict[str, Field]) -> None:
        self.of = lru_cache(maxsize=256)(self._fitted)
        self._declared = declared

    def _fitted(self, terms: Terms) -> SharedFields:
        """Drop the fields that a petition does not ask for, and word the rest."""
        asked = set(terms.council_fields) if terms.offers_council else set()
        unasked = {name for name in COUNCIL_FIELDS if name not in asked}
        unasked |= set() if terms.asks_area else {"area"}
        unasked |= set() if terms.offers_council else {"audience"}
        fields = copy.deepcopy(self._declared)
        for name in unasked:
            del fields[name]
        if "connection" in fields:
            labels = Signature.Connection.choices
            allowed = [choice for choice in labels if choice[0] in terms.connections]
            fields["connection"].choices = allowed  # type: ignore[attr-defined]
        return SharedFields(fields)
