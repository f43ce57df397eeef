"""Markdown that organisers write, as HTML that cannot harm a reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from detwin.languages import OUTPUT_TAGS, best_of, current
from detwin.templatetags.languages import ONLY_IN

register = Library()

TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "hr", "img", "p", "pre", "strong"),
    *("h2", "h3", "h4", "h5", "h6", "li", "ol", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}}
# Some sources answer on http only; a claim without its source would be worse.
SCHEMES = {"https", "http", "mailto"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TOP_LEVEL = 2


@register.simple_tag
def prose(instance: Any, field: str) -> SafeString:
    """Show a translated Markdown field; what is in another language says so."""
    found, code = best_of(instance, field)
    if not found or code == current():
        return rendered(found)
    return format_html(
        '<div lang="{}">{}</div><p class="fallback">({})</p>',
        OUTPUT_TAGS[code],
        rendered(found),
        ONLY_IN[code],
    )


@register.filter
def markdown(text: str | None) -> SafeString:
    """Turn Markdown into safe HTML whose headings start at the second level."""
    return rendered(text or "")


@lru_cache(maxsize=256)
def rendered(text: str) -> SafeString:
    """Render one text; the result is kept in this process."""
    extensions: list[str | Extension] = ["tables", "sane_lists", OrganisersMarkdown()]
    html = Markdown(extensions=extensions).convert(text)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative=lambda address: address if is_own(address) else None,
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 - this is what nh3 has just made safe. # nosec B308 B703


class OrganisersMarkdown(Extension):
    """Shows raw HTML as text, fits headings to the page, keeps pictures our own."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take raw HTML out; look at the tree once inline marks are in it."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(FitHeadings(md), "fit_headings", 18)
        md.treeprocessors.register(OwnPictures(md), "own_pictures", 17)


class FitHeadings(Treeprocessor):
    """Moves all headings so that the highest is one below the page's own."""

    def run(self, root: Element) -> None:
        """Shift every heading by the same number of levels."""
        found = [element for element in root.iter() if element.tag in HEADINGS]
        if not found:
            return
        shift = TOP_LEVEL - min(int(element.tag[1]) for element in found)
        for element in found:
            element.tag = f"h{min(int(element.tag[1]) + shift, 6)}"


class OwnPictures(Treeprocessor):
    """Leaves only the description of a picture that another site would serve."""

    def run(self, root: Element) -> None:
        """Turn foreign pictures into spans, which the cleaning then unwraps."""
        for element in list(root.iter("img")):
            if not is_own(element.get("src", "")):
                element.tag, element.text = "span", element.get("alt", "")
                element.attrib.clear()


def is_own(address: str) -> bool:
    """Tell whether an address is a path on this site, or a place on the page."""
    return address.startswith(("/", "#")) and not address.startswith(("//", "/\\"))
