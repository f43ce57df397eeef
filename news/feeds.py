"""Articles as RSS and Atom, one feed of each per language."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from detwin.languages import NAMES, OUTPUT_TAGS, best_of, current
from news.models import Article

if TYPE_CHECKING:
    ArticleFeed = Feed[Article, None]
else:  # Django's own class takes no type at run time.
    ArticleFeed = Feed

NEWEST = 30


class RssFeed(ArticleFeed):
    """The newest articles in the language of the address."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    own_name = "news:rss"

    @property
    def language(self) -> str:  # type: ignore[override]
        """The tag of the feed's language."""
        return OUTPUT_TAGS[current()]

    def title(self) -> str:
        """Name the feed."""
        return _("News from %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        """Say what is in it."""
        return _("What organisers report about ending twinnings with China.")

    def link(self) -> str:
        """Return the page that the feed belongs to."""
        return f"{settings.SITE_URL}{reverse('news:list')}"

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return f"{settings.SITE_URL}{reverse(self.own_name)}"

    def items(self) -> list[Article]:
        """Return the newest published articles, in one query."""
        return list(Article.objects.published()[:NEWEST])

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
        """Return when it was last changed."""
        return item.updated_at


class AtomFeed(RssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    own_name = "news:atom"

    def subtitle(self) -> str:
        """Say what is in it."""
        return self.description()


def in_best_language(article: Article, field: str) -> str:
    """Return a text, with its language's own name when it is not the feed's."""
    text, code = best_of(article, field)
    return text if code == current() or not text else f"{text} ({NAMES[code]})"
