"""Articles as RSS and Atom: one feed of each per language, and per place."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from cities.models import Place
from detwin.languages import NAMES, OUTPUT_TAGS, best_of, current
from news.models import Article

if TYPE_CHECKING:
    ArticleFeed = Feed[Article, Place | None]
else:  # Django's own class takes no type at run time.
    ArticleFeed = Feed

NEWEST = 30


class RssFeed(ArticleFeed):
    """The newest articles in the language of the address, of one place or of all."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    own_name = "rss"

    def get_object(self, request: HttpRequest, slug: str = "") -> Place | None:
        """Return the place that the feed is about; an unknown one is not found."""
        return get_object_or_404(Place, slug=slug) if slug else None

    @property
    def language(self) -> str:  # type: ignore[override]
        """The tag of the feed's language."""
        return OUTPUT_TAGS[current()]

    def title(self, place: Place | None) -> str:
        """Name the feed."""
        if place is None:
            return _("News from %(site)s") % {"site": settings.SITE_NAME}
        return _("News about %(place)s from %(site)s") % {
            "place": best_of(place, "name")[0],
            "site": settings.SITE_NAME,
        }

    def description(self, place: Place | None) -> str:
        """Say what is in it."""
        return _("What organisers report about ending twinnings with China.")

    def link(self, place: Place | None) -> str:
        """Return the page that the feed belongs to."""
        path = place.get_absolute_url() if place else reverse("news:list")
        return f"{settings.SITE_URL}{path}"

    def feed_url(self, place: Place | None) -> str:
        """Return the feed's own address."""
        if place:
            path = reverse(f"cities:{self.own_name}", args=[place.slug])
        else:
            path = reverse(f"news:{self.own_name}")
        return f"{settings.SITE_URL}{path}"

    def author_name(self, place: Place | None) -> str:
        """Name who answers for it; Atom asks for an author."""
        return settings.CONTROLLER_NAME or settings.SITE_NAME

    def items(self, place: Place | None) -> list[Article]:
        """Return the newest published articles, in one query."""
        published = Article.objects.published()
        if place:
            published = published.filter(place=place)
        return list(published[:NEWEST])

    def item_title(self, item: Article) -> str:
        """Return the title; one in another language is followed by its name."""
        return in_best_language(item, "title")

    def item_description(self, item: Article) -> str:
        """Return the summary, marked in the same way."""
        return in_best_language(item, "summary")

    def item_link(self, item: Article) -> str:
        """Return the article's address."""
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Article) -> datetime.datetime | None:
        """Return when it appeared."""
        return item.publish_at

    def item_updateddate(self, item: Article) -> datetime.datetime:
        """Return when it was last changed; never before it appeared."""
        return max(item.updated_at, item.publish_at or item.updated_at)


class AtomFeed(RssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    own_name = "atom"

    def subtitle(self, place: Place | None) -> str:
        """Say what is in it."""
        return self.description(place)


def in_best_language(row: Any, field: str) -> str:
    """Return a text, with its language's own name when it is not the feed's."""
    text, code = best_of(row, field)
    return text if code == current() or not text else f"{text} ({NAMES[code]})"
