"""What waits at the desk, for whoever may do it: the desk's front page.

To add a line: write a function that counts with one query, and name it in LINES
with the permission of whoever acts on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models import ErrorReport, MissingPlace, TwinningCandidate
from news.models import Article, Mailing
from petitions.bursts import Burst, bursts
from petitions.models import HandIn, PaperBatch, Petition, Signature
from petitions.nightly import disagreeing
from petitions.purging import due_petitions
from petitions.settling import today
from safety import audit
from safety.models import Approval, OutgoingMail
from safety.organisers.places import places_for, theirs
from safety.recipients import can_seal
from safety.remembered import Remembered

MAY_SET_ASIDE = "petitions.add_quarantinerun"
# A mail that was tried so often does not only wait for its turn.
MANY_TRIES = 3


@dataclass(frozen=True)
class Line:
    """One kind of work: who may see it, what it says, where it is done."""

    permission: str
    text: Any
    path: str
    count: Callable[[Any], int]
    query: str = ""


@dataclass(frozen=True)
class Waiting:
    """A line with something in it."""

    text: Any
    number: int
    link: str


def waiting_for(organiser: Any) -> list[Waiting]:
    """Return what waits for an organiser; one query a line, however many rows."""
    found = []
    for line in LINES:
        if organiser.has_perm(line.permission) and (number := line.count(organiser)):
            link = reverse(line.path) + line.query
            found.append(Waiting(line.text, number, link))
    return found


def articles_to_translate(organiser: Any) -> int:
    """Count articles and drafts that lack a language or have one that is behind."""
    return Article.objects.to_translate().count()


def replies_overdue(organiser: Any) -> int:
    """Count hand-ins whose council has not answered by its day."""
    late = HandIn.objects.filter(reply_due_on__lt=today(), replies=None)
    rows = theirs(late, organiser, "petitions.view_handin", "petition__place")
    return int(rows.count())


def batches_to_check(organiser: Any) -> int:
    """Count paper batches that somebody else entered."""
    entered = PaperBatch.objects.filter(state=PaperBatch.State.ENTERED)
    return entered.exclude(entered_by=organiser).count()


def errors_reported(organiser: Any) -> int:
    """Count the reports of readers that nobody has dealt with."""
    waiting = ErrorReport.objects.waiting()
    return int(theirs(waiting, organiser, "cities.change_errorreport").count())


def places_missed(organiser: Any) -> int:
    """Count the places that readers miss on the record."""
    if places_for(organiser, "cities.change_missingplace") is not None:
        return 0
    return MissingPlace.objects.new().count()


def candidates_to_decide(organiser: Any) -> int:
    """Count agreements that only an unverified list names."""
    if places_for(organiser, "cities.change_twinningcandidate") is not None:
        return 0
    return TwinningCandidate.objects.waiting().count()


def requests_to_answer(organiser: Any) -> int:
    """Count requests of other organisers; mailings have a line of their own."""
    others = Approval.objects.waiting().exclude(asked_by=organiser)
    return others.exclude(action=Approval.Action.MAILING).count()


def mailings_to_approve(organiser: Any) -> int:
    """Count the news by mail that another organiser wrote and wants sent."""
    others = Approval.objects.waiting().exclude(asked_by=organiser)
    return others.filter(action=Approval.Action.MAILING).count()


def mailings_in_trouble(organiser: Any) -> int:
    """Count mailings that wait because the relay does not answer."""
    return Mailing.objects.in_trouble().count()


def keys_missing(organiser: Any) -> int:
    """Say 1 when no record can be sealed for lack of keys."""
    return 0 if can_seal() else 1


def purges_due(organiser: Any) -> int:
    """Count petitions that should be emptied by now: the worker does it hourly."""
    return len(due_petitions(today()))


def mails_failing(organiser: Any) -> int:
    """Count confirmations and other mails that the relay keeps refusing."""
    received = Signature.objects.filter(state=Signature.State.RECEIVED)
    stuck = received.filter(tries__gte=MANY_TRIES).count()
    return stuck + OutgoingMail.objects.filter(tries__gte=MANY_TRIES).count()


# The addresses that wait are opened for it, so not at every look at the front page.
recent_bursts: Remembered[list[Burst]] = Remembered(bursts, seconds=60)


def bursts_for(organiser: Any) -> list[tuple[int, Burst]]:
    """Return the days that stand out with their petition's key.

    They are for whoever may set signatures aside.
    """
    found = recent_bursts() if organiser.has_perm(MAY_SET_ASIDE) else []
    slugs = {burst.petition for burst in found}
    rows = Petition.objects.filter(slug__in=slugs).values_list("slug", "pk")
    keys = dict(rows) if slugs else {}
    return [(keys[burst.petition], burst) for burst in found if burst.petition in keys]


def bursts_to_look_at(organiser: Any) -> int:
    """Count the days on which far more signed than usual."""
    return len(recent_bursts())


def recount_disagrees(organiser: Any) -> int:
    """Say 1 when the newest nightly recount did not agree."""
    return 1 if disagreeing() else 0


def audit_broken(organiser: Any) -> int:
    """Say 1 when one of the newest audit events does not fit the one before."""
    return 0 if audit.is_newest_part_whole() else 1


LINES = (
    Line(
        "safety.answer_approval",
        _("Requests that need a second organiser"),
        "access:approvals",
        requests_to_answer,
    ),
    Line(
        "news.approve_mailing",
        _("News by mail that waits for your approval"),
        "access:approvals",
        mailings_to_approve,
    ),
    Line(
        "news.view_mailing",
        _("News by mail that the relay does not take just now"),
        "desk:mailings",
        mailings_in_trouble,
    ),
    Line(
        "petitions.change_paperbatch",
        _("Paper batches to be counted again by you"),
        "admin:petitions_paperbatch_changelist",
        batches_to_check,
        "?state__exact=entered",
    ),
    Line(
        "petitions.view_handin",
        _("Councils whose reply is overdue"),
        "admin:petitions_handin_changelist",
        replies_overdue,
    ),
    Line(
        "news.change_article",
        _("Articles and drafts to translate"),
        "desk:translations",
        articles_to_translate,
    ),
    Line(
        "cities.change_errorreport",
        _("Errors that readers reported"),
        "admin:cities_errorreport_changelist",
        errors_reported,
        "?state__exact=new",
    ),
    Line(
        "cities.change_missingplace",
        _("Places that readers miss"),
        "admin:cities_missingplace_changelist",
        places_missed,
        "?state__exact=new",
    ),
    Line(
        "cities.change_twinningcandidate",
        _("Agreements to accept or reject"),
        "admin:cities_twinningcandidate_changelist",
        candidates_to_decide,
    ),
    Line(
        MAY_SET_ASIDE,
        _("Days on which far more signed than usual"),
        "admin:petitions_quarantinerun_add",
        bursts_to_look_at,
    ),
    Line(
        "petitions.view_nightlycheck",
        _("The nightly recount does not agree: tell the server's person"),
        "admin:petitions_nightlycheck_changelist",
        recount_disagrees,
    ),
    Line(
        "petitions.change_petition",
        _("Petitions whose records should be deleted by now; is the worker running?"),
        "admin:petitions_petition_changelist",
        purges_due,
    ),
    Line(
        "petitions.change_petition",
        _("Mails that the relay keeps refusing"),
        "admin:petitions_petition_changelist",
        mails_failing,
    ),
    Line(
        "safety.view_recipientkey",
        _("Keys are missing: petitions can only count, not collect for councils"),
        "admin:safety_recipientkey_changelist",
        keys_missing,
    ),
    Line(
        "safety.view_auditevent",
        _("The audit trail does not fit together: run audit_verify on the server"),
        "admin:safety_auditevent_changelist",
        audit_broken,
    ),
)
