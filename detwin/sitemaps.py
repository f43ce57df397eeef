"""The map of the site for search engines: every public page in three languages.

Own code, because Django's writes our internal codes as `hreflang` and points
`x-default` at addresses without a language, which only redirect.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from campaign.models import Event, JointAction
from cities.countries import CHINA
from cities.models import Place
from detwin.languages import CODES, OUTPUT_TAGS
from detwin.page_cache import kept
from news.models import Article, Release
from petitions.models import Petition

FIXED = (
    "",
    "cities/",
    "cities/definitions/",
    "data/",
    "petitions/",
    "news/",
    "news/updates/",
    "press/",
    "campaign/",
    "campaign/groups/",
    "campaign/history/",
    "campaign/join/",
    "campaign/start/",
    "events/",
    "about/",
    "faq/",
    "trust/",
    "trust/privacy/",
    "trust/counting/",
    "trust/corrections/",
    "trust/accessibility/",
    "trust/contact/",
    "trust/complaints/",
)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@kept
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Write the map, in five queries."""
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in pages():
        for code in CODES:
            add_page(root, page, code)
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


def pages() -> Iterator[str]:
    """Yield the path of every page below its language."""
    yield from FIXED
    places = Place.objects.order_by("slug").values_list("slug", "country")
    countries = {country for _, country in places} - {CHINA}
    yield from (f"cities/countries/{code.lower()}/" for code in sorted(countries))
    yield from (f"cities/{slug}/" for slug, _ in places)
    petitions = Petition.objects.public().order_by("slug")
    yield from (
        f"petitions/{slug}/" for slug in petitions.values_list("slug", flat=True)
    )
    articles = Article.objects.published()
    yield from (f"news/{slug}/" for slug in articles.values_list("slug", flat=True))
    days = JointAction.objects.order_by("day").values_list("day", flat=True)
    yield from (f"campaign/days/{day.isoformat()}/" for day in days)
    releases = Release.objects.public().values_list("slug", flat=True)
    yield from (f"press/releases/{slug}/" for slug in releases)
    events = Event.objects.filter(is_public=True).order_by("slug")
    yield from (f"events/{slug}/" for slug in events.values_list("slug", flat=True))


def add_page(root: Element, page: str, code: str) -> None:
    """Add one page in one language, with links to itself in every language."""
    entry = SubElement(root, "url")
    SubElement(entry, "loc").text = address(page, code)
    for other in CODES:
        add_alternate(entry, OUTPUT_TAGS[other], address(page, other))
    negotiated = address(page, "en") if page else f"{settings.SITE_URL}/"
    add_alternate(entry, "x-default", negotiated)


def add_alternate(entry: Element, tag: str, href: str) -> None:
    """Add one `hreflang` link."""
    attributes = {"rel": "alternate", "hreflang": tag, "href": href}
    SubElement(entry, "xhtml:link", attributes)


def address(page: str, code: str) -> str:
    """Return the full address of a page in one language."""
    return f"{settings.SITE_URL}/{code}/{page}"
