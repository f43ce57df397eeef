"""What a page says of itself to machines: its title twice, its way home, its data."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = Library()

# Within a script element nothing may look like its end, or like a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
SCHEMA = "https://schema.org"


@register.simple_tag
def data_block(described: dict[str, Any]) -> SafeString:
    """Write a description as JSON-LD that cannot end its own element."""
    text = json.dumps({"@context": SCHEMA, **described}, ensure_ascii=False)
    # ESCAPES has just taken every character that HTML would act upon.
    safe = mark_safe(text.translate(ESCAPES))  # noqa: S308 # nosec B308 B703
    return format_html('<script type="application/ld+json">{}</script>', safe)


class Capture(Node):
    """Renders its content, which may hold blocks, into a variable."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        """Keep the content as one line that may stand in an attribute."""
        text = " ".join(self.nodelist.render(context).split())
        # It was escaped when it was rendered; only quotes mean more in attributes.
        context[self.name] = mark_safe(text.replace('"', "&quot;"))  # noqa: S308 # nosec B308 B703
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """Keep what stands up to `{% endcapture %}` under the name given."""
    _tag, *names = token.split_contents()
    if len(names) != 1:
        raise TemplateSyntaxError("capture takes the name to keep its content under.")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(nodelist, names[0])


class Links(HTMLParser):
    """Collects the text and the address of each link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.address: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a link."""
        if tag == "a":
            self.address = dict(attrs).get("href")
            self.found.append(("", self.address or ""))

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag == "a":
            self.address = None

    def handle_data(self, data: str) -> None:
        """Add to the text of the link that is open."""
        if self.address is not None:
            text, address = self.found.pop()
            self.found.append((text + data, address))


class Crumbs(Node):
    """The way to a page: a list of links for readers, the same as data."""

    def __init__(self, nodelist: NodeList, page: FilterExpression) -> None:
        self.nodelist, self.page = nodelist, page

    def render(self, context: Context) -> SafeString:
        """Write the list, and its description that ends with the page itself."""
        items = self.nodelist.render(context)
        page = str(self.page.resolve(context))
        way = [
            *Links(items).found,
            (page, context["request"].path),
        ]
        return format_html(
            '<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>{}',
            _("Breadcrumb"),
            SafeString(items.strip()),  # of escaped parts # nosec B703
            data_block(described_way(way)),
        )


def described_way(way: list[tuple[str, str]]) -> dict[str, Any]:
    """Describe names and addresses as schema.org's BreadcrumbList."""
    entries = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": f"{settings.SITE_URL}{address}",
        }
        for position, (name, address) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": entries}


@register.tag
def crumbs(parser: Parser, token: Token) -> Crumbs:
    """Show `<li><a>` items as breadcrumbs; the argument names the page itself."""
    _tag, *arguments = token.split_contents()
    if len(arguments) != 1:
        raise TemplateSyntaxError("crumbs takes the name of the page.")
    nodelist = parser.parse(("endcrumbs",))
    parser.delete_first_token()
    return Crumbs(nodelist, parser.compile_filter(arguments[0]))
