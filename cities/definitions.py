"""What the record's words mean: said once, for the page, the data and its schema."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cities.models.twinning import Status, StatusEvent, Twinning


@dataclass(frozen=True)
class Definition:
    """One word of the record; `anchor` is its place on the page of definitions."""

    anchor: str
    code: str
    word: str | Promise
    text: str | Promise
    is_presumed: bool = False


PRESUMED = Definition(
    "presumed",
    Status.ACTIVE,
    _("presumed to stand"),
    _(
        "A public list shows the agreement as standing, or it was agreed earlier, and "
        "we have found no ending. The council has not confirmed it. Lists can be years "
        "behind."
    ),
    is_presumed=True,
)
STATUSES = (
    PRESUMED,
    Definition(
        "active",
        Status.ACTIVE,
        _("confirmed as standing"),
        _(
            "The council itself, or a report of what it said or decided, shows that "
            "the agreement stands."
        ),
    ),
    Definition(
        "under_review",
        Status.UNDER_REVIEW,
        Status.UNDER_REVIEW.label,
        _(
            "The council has said that it is looking at the agreement, or a motion "
            "about it is before the council."
        ),
    ),
    Definition(
        "suspended",
        Status.SUSPENDED,
        Status.SUSPENDED.label,
        _("One side has put the agreement on hold. It has not ended."),
    ),
    Definition(
        "ended",
        Status.ENDED,
        Status.ENDED.label,
        _(
            "A council, or somebody who may speak for it, has decided or announced "
            "the end."
        ),
    ),
    Definition(
        "lapsed",
        Status.LAPSED,
        Status.LAPSED.label,
        _("The agreement ran out and was not renewed."),
    ),
    Definition(
        "unknown",
        Status.UNKNOWN,
        Status.UNKNOWN.label,
        _(
            "There are only old or single sources; or so many endings are known in "
            "that area that the list cannot be trusted; or, for an earlier day, no "
            "date is exact enough to tell."
        ),
    ),
)
KINDS = (
    Definition(
        "twin",
        Twinning.Kind.TWIN,
        Twinning.Kind.TWIN.label,
        _(
            "A formal, lasting agreement between two places. Twin city and sister city "
            "mean the same. In mainland China such a twin is called a friendship city."
        ),
    ),
    Definition(
        "friendship",
        Twinning.Kind.FRIENDSHIP,
        Twinning.Kind.FRIENDSHIP.label,
        _("A looser agreement, below a twinning. Some councils sign one first."),
    ),
    Definition(
        "partnership",
        Twinning.Kind.PARTNERSHIP,
        Twinning.Kind.PARTNERSHIP.label,
        _("An agreement for a set purpose or time, often trade or education."),
    ),
    Definition(
        "cooperation",
        Twinning.Kind.COOPERATION,
        Twinning.Kind.COOPERATION.label,
        _("Work on named projects, on the basis of a written understanding."),
    ),
    Definition(
        "unspecified",
        Twinning.Kind.UNSPECIFIED,
        Twinning.Kind.UNSPECIFIED.label,
        _(
            "The source does not say which kind it is. That a list names a pair as "
            "twins proves no kind."
        ),
    ),
)
SOURCES = (
    Definition(
        "council",
        StatusEvent.SourceKind.COUNCIL,
        StatusEvent.SourceKind.COUNCIL.label,
        _("The council's own page, minutes or statement."),
    ),
    Definition(
        "press",
        StatusEvent.SourceKind.PRESS,
        StatusEvent.SourceKind.PRESS.label,
        _("A newspaper, broadcaster, agency, party or university."),
    ),
    Definition(
        "list",
        StatusEvent.SourceKind.LIST,
        StatusEvent.SourceKind.LIST.label,
        _(
            "A list such as Wikipedia's. What rests on a list alone is presumed, never "
            "confirmed."
        ),
    ),
    Definition(
        "mirror",
        StatusEvent.SourceKind.MIRROR,
        StatusEvent.SourceKind.MIRROR.label,
        _("An article republished on another site. It counts, and is marked as weak."),
    ),
)
