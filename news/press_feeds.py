"""Press releases as RSS and Atom, from their hour on."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from detwin.languages import OUTPUT_TAGS, current
from news.feeds import NEWEST, in_best_language
from news.models import Release

if TYPE_CHECKING:
    ReleaseFeed = Feed[Release, None]
else:  # Django's own class takes no type at run time.
    ReleaseFeed = Feed


class PressRssFeed(ReleaseFeed):
    """The newest public releases in the language of the address."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    own_name = "press:rss"

    @property
    def language(self) -> str:  # type: ignore[override]
        """The tag of the feed's language."""
        return OUTPUT_TAGS[current()]

    def title(self) -> str:
        """Name the feed."""
        return _("Press releases from %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        """Say what is in it."""
        return _("What the campaign tells the press, once it is public.")

    def link(self) -> str:
        """Return the page that the feed belongs to."""
        return f"{settings.SITE_URL}{reverse('press:room')}"

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return f"{settings.SITE_URL}{reverse(self.own_name)}"

    def author_name(self) -> str:
        """Name who answers for it; Atom asks for an author."""
        return settings.CONTROLLER_NAME or settings.SITE_NAME

    def items(self) -> list[Release]:
        """Return the newest releases whose hour has come, in one query."""
        return list(Release.objects.public()[:NEWEST])

    def item_title(self, item: Release) -> str:
        """Return the title; one in another language is followed by its name."""
        return in_best_language(item, "title")

    def item_description(self, item: Release) -> str:
        """Return the summary, marked in the same way."""
        return in_best_language(item, "summary")

    def item_link(self, item: Release) -> str:
        """Return the release's address."""
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Release) -> datetime.datetime | None:
        """Return when it became public."""
        return item.embargo_until

    def item_updateddate(self, item: Release) -> datetime.datetime:
        """Return when it was last changed; never before it became public."""
        return max(item.updated_at, item.embargo_until or item.updated_at)


class PressAtomFeed(PressRssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    own_name = "press:atom"

    def subtitle(self) -> str:
        """Say what is in it."""
        return self.description()
