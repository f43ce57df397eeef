"""The slug of an event: its day, its city and its kind, numbered when taken."""

from __future__ import annotations

from itertools import count

from campaign.models import Event


def slug_for(event: Event) -> str:
    """Return a free slug, such as `2026-12-05-leeds-stall`."""
    parts = [f"{event.starts_local:%Y-%m-%d}", event.kind.replace("_", "-")]
    if event.place:
        parts.insert(1, event.place.slug)
    base = "-".join(parts)
    if is_free(base):
        return base
    return next(slug for number in count(2) if is_free(slug := f"{base}-{number}"))


def is_free(slug: str) -> bool:
    """Tell whether no event has this slug."""
    return not Event.objects.filter(slug=slug).exists()
