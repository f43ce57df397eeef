"""Markdown that organisers write, as HTML that cannot harm a reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from detwin.markdown_blocks import PLACED, CalmBlocks, pictures_in

__all__ = ["ATTRIBUTES", "TAGS", "pictures_in", "rendered"]

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
# A picture of ours that stands alone, as the cleaning leaves it.
MARK = r'<img(?: src="/picture:(\d+)"| alt="([^"]*)"){1,2}>'
ALONE = re.compile(rf"<p>{MARK}</p>\n?")
STRAY = re.compile(r'<img(?: alt="[^"]*")? src="/picture:\d+"(?: alt="[^"]*")?>')

Figure = Callable[[int, str], str]


def rendered(text: str, figure: Figure | None = None) -> SafeString:
    """Render a text. `figure` draws the picture of a number with its caption.

    Without it, and where a picture does not stand alone, there is none.
    """

    def drawn(found: re.Match[str]) -> str:
        if not (figure and found[1]):
            return "" if found[1] else found[0]
        return figure(int(found[1]), unescape(found[2] or ""))

    html = STRAY.sub("", ALONE.sub(drawn, cleaned(text)))
    return mark_safe(html)  # noqa: S308 - this is what nh3 has just made safe. # nosec B308 B703


@lru_cache(maxsize=256)
def cleaned(text: str) -> str:
    """Render one text, pictures still as marks; the result is kept in this process."""
    extensions: list[str | Extension] = ["tables", "sane_lists", OrganisersMarkdown()]
    html = Markdown(extensions=extensions).convert(text)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative=lambda address: address if is_own(address) else None,
        link_rel="noopener",
    )


class OrganisersMarkdown(Extension):
    """Shows raw HTML as text, fits headings to the page, keeps pictures our own."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take raw HTML out; look at the tree once inline marks are in it."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(CalmBlocks(md), "calm_blocks", 25)
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
            address = element.get("src", "")
            if placed := PLACED.fullmatch(address):
                # As a path of our own the mark gets through the cleaning.
                element.set("src", f"/picture:{int(placed[1])}")
                element.attrib.pop("title", None)
            elif not is_own(address):
                element.tag, element.text = "span", element.get("alt", "")
                element.attrib.clear()


def is_own(address: str) -> bool:
    """Tell whether an address is a path on this site, or a place on the page.

    Browsers leave tabs and line ends out of addresses, so `/`, tab, `/` is `//`.
    """
    is_plain = address.isprintable() and "\\" not in address
    return is_plain and address.startswith(("/", "#")) and "//" not in address[:2]
