"""Articles with their pictures, in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from detwin.languages import best_of, current
from detwin.safe_markdown import rendered
from news.models import Picture

register = Library()


@register.simple_tag
def illustrated(
    text: str, pictures: Mapping[int, Picture], code: str = ""
) -> SafeString:
    """Render a text in a language with the pictures that it places."""

    def drawn(number: int, caption: str) -> str:
        picture = pictures.get(number)
        return figure(picture, caption, code, lazy=True) if picture else ""

    return rendered(text or "", drawn)


@register.simple_tag
def figure(
    picture: Picture, caption: str = "", code: str = "", *, lazy: bool = False
) -> SafeString:
    """Draw one picture with its credit, described in a language."""
    code = code or current()
    alt = "" if picture.decorative else best_of(picture, "alt", code)[0]
    context = {"picture": picture, "alt": alt, "caption": caption, "lazy": lazy}
    with override(code):
        return render_to_string("news/_figure.html", context)
