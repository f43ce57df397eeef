"""Events as iCalendar files, which calendars read again by themselves.

Times are written in UTC, which is right on both sides of a clock change. Lines are
folded by octets, between whole characters.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from campaign.models import Event
from detwin.languages import OUTPUT_TAGS, best_of, current

READ_AGAIN = datetime.timedelta(hours=4)
STATUS = {Event.State.CANCELLED: "CANCELLED"}


def calendar_of(events: Iterable[Event], name: str) -> bytes:
    """Return a calendar of events in the reader's language."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//{OUTPUT_TAGS[current()]}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(entry_of(event))
    content: bytes = calendar.to_ical()
    return content


def entry_of(event: Event) -> Entry:
    """Return one event; its place is as exact as the hour allows."""
    changed, sequence = version_of(event)
    entry = Entry()
    entry.add("uid", str(event.uid))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", sequence)
    entry.add("dtstart", event.starts_at.astimezone(datetime.UTC))
    if event.ends_at:
        entry.add("dtend", event.ends_at.astimezone(datetime.UTC))
    entry.add("summary", summary(event))
    entry.add("status", STATUS.get(Event.State(event.state), "CONFIRMED"))
    entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    for name, text in (("location", where(event)), ("description", told(event))):
        if text:
            entry.add(name, text)
    return entry


def version_of(event: Event) -> tuple[datetime.datetime, int]:
    """Return when the entry last changed, and its number, which only grows.

    The hour at which the exact place becomes known changes the entry, too.
    """
    changed, sequence = event.updated_at, 2 * event.revision
    shown = event.exact_place_from
    if shown and not event.is_held_back:
        changed, sequence = max(changed, shown), sequence + 1
    return changed.astimezone(datetime.UTC).replace(microsecond=0), sequence


def summary(event: Event) -> str:
    """Return the title; many calendars show nothing else of a cancelled event."""
    title = one_line(best_of(event, "title")[0])
    if event.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": title}
    return title


def where(event: Event) -> str:
    """Say where, the exact place first; nothing of it before its hour."""
    parts = [best_of(event, "where")[0]]
    if not event.is_held_back:
        parts.insert(0, best_of(event, "exact_place")[0])
    if event.place:
        parts.append(best_of(event.place, "name")[0])
    return one_line(", ".join(part for part in parts if part))


def told(event: Event) -> str:
    """Return note, summary and link, each in a paragraph."""
    texts = [best_of(event, name)[0] for name in ("note", "summary")]
    return "\n\n".join("\n".join(t.splitlines()) for t in [*texts, event.link] if t)


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())
