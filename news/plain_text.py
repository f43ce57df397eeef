"""Markdown as the plain text of a mail: what it says, with its links written out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.conf import settings
from markdown import Markdown

BLOCKS = {"p", "pre", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"ul", "ol"}
SCHEMES = ("https://", "http://", "mailto:")


def plain_text(source: str) -> str:
    """Return Markdown as text; raw HTML in it stays text, as on the article's page.

    A link is followed by its address, unless that is what the link says. A picture
    leaves its description.
    """
    renderer = Markdown(extensions=["tables", "sane_lists"])
    renderer.preprocessors.deregister("html_block")
    renderer.inlinePatterns.deregister("html")
    writer = _Writer()
    writer.feed(renderer.convert(source))
    writer.close()
    return re.sub(r"[ \t]+\n", "\n", writer.text).strip()


class _Writer(HTMLParser):
    """Writes down the little HTML that Markdown makes."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.lists: list[int | None] = []
        self.links: list[tuple[int, str]] = []
        self.quotes: list[int] = []
        self.is_at_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, an item, a row or a link."""
        given = dict(attrs)
        if tag in BLOCKS | LISTS:
            self.break_line(1 if self.lists else 2)
        if tag == "blockquote":
            self.quotes.append(len(self.text))
        elif tag in LISTS:
            first = int(given.get("start") or 1)
            self.lists.append(first if tag == "ol" else None)
        elif tag == "li":
            self.begin_item()
        elif tag in ("tr", "br", "hr"):
            self.break_line(1)
        elif tag == "a":
            self.links.append((len(self.text), given.get("href") or ""))
        elif tag == "img":
            self.text += given.get("alt") or ""

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag == "a" and self.links:
            self.end_link(*self.links.pop())
        elif tag in LISTS and self.lists:
            self.lists.pop()
            self.break_line(1 if self.lists else 2)
        elif tag in ("td", "th"):
            self.text += " | "
        elif tag == "tr":
            self.text = self.text.removesuffix(" | ")
        elif tag == "blockquote" and self.quotes:
            self.end_quote(self.quotes.pop())
        if tag in BLOCKS:
            self.break_line(1 if self.lists else 2)

    def handle_data(self, data: str) -> None:
        """Write text; the line breaks between HTML's elements say nothing."""
        if data.strip() or data == " ":
            self.text += data
            self.is_at_mark = False

    def break_line(self, number: int) -> None:
        """End the line; two line breaks leave one line empty. Never more than that."""
        if self.text and not self.is_at_mark:
            bare = self.text.rstrip("\n")
            self.text = bare + "\n" * max(number, len(self.text) - len(bare))

    def begin_item(self) -> None:
        """Begin an item of the innermost list, with its number or a dash."""
        self.is_at_mark = False
        self.break_line(1)
        number = self.lists[-1] if self.lists else None
        mark = "- "
        if number is not None:
            mark, self.lists[-1] = f"{number}. ", number + 1
        self.text += "  " * (len(self.lists) - 1) + mark
        self.is_at_mark = True

    def end_link(self, start: int, address: str) -> None:
        """Write a link's address behind it; what no reader could follow is left out."""
        if address.startswith("/") and not address.startswith("//"):
            address = f"{settings.SITE_URL}{address}"
        said = self.text[start:].strip()
        if address.startswith(SCHEMES) and address.removeprefix("mailto:") != said:
            self.text += f" ({address})"

    def end_quote(self, start: int) -> None:
        """Mark every line of a quotation."""
        lines = self.text[start:].strip("\n").split("\n")
        self.text = self.text[:start] + "\n".join(
            f"> {line}".rstrip() for line in lines
        )
