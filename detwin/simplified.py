"""Simplified Chinese from Traditional, never over what somebody wrote by hand.

Only this direction is safe: the other turns the surname 范 into 範.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Model
from opencc import OpenCC

# Words that the conversion of characters leaves in their Hong Kong form.
MAINLAND_WORDS = {
    "姊妹城市": "姐妹城市",
    "垃圾电邮": "垃圾邮件",
    "电邮地址": "邮箱",
}


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("hk2s")


def simplified(text: str | None) -> str:
    """Convert Hong Kong's Traditional Chinese into Simplified."""
    converted: str = _converter().convert(text or "")
    for ours, theirs in MAINLAND_WORDS.items():
        converted = converted.replace(ours, theirs)
    return converted


def fill_simplified(instance: Model, fields: Iterable[str] | None = None) -> list[str]:
    """Set the Simplified columns that nobody has edited; return their fields.

    A column is filled when it is empty or holds the conversion of the Traditional
    text as last saved; anything else is a hand edit and stays. Saves nothing.
    """
    names = list(fields or translated_fields(type(instance)))
    before = _saved_texts(instance, names)
    filled = []
    for name in names:
        traditional = getattr(instance, f"{name}_zh_hant")
        present = getattr(instance, f"{name}_zh_hans")
        is_ours = not present or present == simplified(before.get(name))
        if traditional and is_ours:
            setattr(instance, f"{name}_zh_hans", simplified(traditional))
            filled.append(name)
    return filled


def translated_fields(model: type[Model]) -> list[str]:
    """Name the fields of a model that exist in three languages."""
    return [
        field.name
        for field in model._meta.fields
        if hasattr(model, f"{field.name}_zh_hant")
    ]


def _saved_texts(instance: Model, names: list[str]) -> dict[str, Any]:
    """Return the Traditional texts as the database has them now, by field."""
    saved = type(instance)._default_manager.filter(pk=instance.pk).first()
    return {name: getattr(saved, f"{name}_zh_hant") for name in names} if saved else {}
