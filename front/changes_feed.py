"""What came onto the record, as Atom: decisions and reports, not what lists say."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from cities.models import StatusEvent
from detwin.languages import OUTPUT_TAGS, best_of, current
from front.citing import status_of_event

NEWEST = 40


class ChangesFeed(Feed):  # type: ignore[type-arg]  # Django's takes none at run time.
    """The newest events by the day on which they were recorded; one query."""

    feed_type = Atom1Feed

    @property
    def language(self) -> str:  # type: ignore[override]
        """The tag of the feed's language."""
        return OUTPUT_TAGS[current()]

    def title(self) -> str:
        """Name the feed."""
        return _("Changes of the record, %(site)s") % {"site": settings.SITE_NAME}

    def subtitle(self) -> str:
        """Say what is in it."""
        return _("Decisions and reports about agreements with China, as recorded.")

    def link(self) -> str:
        """Return the page that the feed belongs to."""
        return f"{settings.SITE_URL}{reverse('cities:list')}"

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return f"{settings.SITE_URL}{reverse('cities:changes')}"

    def items(self) -> list[StatusEvent]:
        """Return the newest events that rest on more than a list."""
        lists = StatusEvent.SourceKind.LIST
        events = StatusEvent.objects.exclude(source_kind=lists)
        places = events.select_related("twinning__place", "twinning__chinese_place")
        return list(places.order_by("-recorded_on", "-happened_on", "-pk")[:NEWEST])

    def item_title(self, item: StatusEvent) -> str:
        """Name the agreement and say what happened to it, and when."""
        words = {
            "place": best_of(item.twinning.place, "name")[0],
            "twin": best_of(item.twinning.chinese_place, "name")[0],
            "status": status_of_event(item),
        }
        return plain(_("%(place)s and %(twin)s: %(status)s") % words)

    def item_description(self, item: StatusEvent) -> str:
        """Return the summary with its source."""
        words = {
            "summary": best_of(item, "summary")[0],
            "source": item.source_title,
            "kind": item.get_source_kind_display(),
        }
        said = plain(_("%(summary)s Source: %(source)s (%(kind)s).") % words)
        return escape(said)  # Readers take it for HTML.

    def item_link(self, item: StatusEvent) -> str:
        """Return where the agreement stands on the page of its place."""
        tie = item.twinning
        page = reverse("cities:place", args=[tie.place.slug])
        return f"{settings.SITE_URL}{page}#{tie.anchor}"

    def item_guid(self, item: StatusEvent) -> str:
        """Return an address that only this event has."""
        return f"{settings.SITE_URL}/data/status-events.json#{item.pk}"

    def item_pubdate(self, item: StatusEvent) -> datetime.datetime:
        """Return the day on which it was recorded, at its start in UTC."""
        return midnight(item.recorded_on)

    def item_updateddate(self, item: StatusEvent) -> datetime.datetime:
        """Return the same: a later check of the source changes nothing."""
        return midnight(item.recorded_on)


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day in UTC."""
    return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)


def plain(text: str) -> str:
    """Return text as one line without the characters that no feed may hold."""
    kept_letters = (letter for letter in " ".join(text.split()) if letter.isprintable())
    return "".join(kept_letters)
