"""Setting aside many signatures takes two organisers, as counting them after all does.

Undoing a run takes one: it brings back what was counted before, and nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from petitions import quarantining
from petitions.models import QuarantineRun
from petitions.releasing import MOST_ALONE
from petitions.settling import today
from safety.models import Approval
from safety.organisers.approvals import NotAllowed, ask, performs

QUARANTINE = Approval.Action.QUARANTINE
# Many small runs are a large one.
WINDOW = timedelta(days=7)
State = QuarantineRun.State


def is_large(run: QuarantineRun) -> bool:
    """Tell whether one organiser may not apply a preview alone.

    The small runs that its maker made within a week are added up; an older preview is
    asked for in any case.
    """
    since = today() - WINDOW
    recent = QuarantineRun.objects.filter(by=run.by, made_on__gt=since)
    begun = recent.filter(state__in=(State.APPLYING, State.APPLIED))
    small = begun.filter(counted__lte=MOST_ALONE)
    before = small.aggregate(all=Sum("counted"))["all"] or 0
    return run.made_on <= since or before + count_again(run) > MOST_ALONE


def count_again(run: QuarantineRun) -> int:
    """Count what a preview matches by now, and keep the number with it."""
    run.counted = quarantining.matched(run).count()
    run.save(update_fields=["counted"])
    return run.counted


def ask_to_set_aside(organiser: Any, run: QuarantineRun) -> Approval | None:
    """Ask another organiser to have a preview applied; None when that was asked."""
    subject = str(run.pk)
    waiting = Approval.objects.waiting().filter(action=QUARANTINE, subject=subject)
    if run.state != State.PREVIEW or waiting.exists():
        return None
    number = _("%(number)d signatures") % {"number": run.counted}
    return ask(organiser, QUARANTINE, subject, f"{number}: {run.reason}")


@performs(QUARANTINE)
def set_aside(approval: Approval) -> None:
    """Have the worker apply the run, as another organiser approved."""
    run = QuarantineRun.objects.get(pk=approval.subject)
    if not quarantining.start(run, str(approval.answered_by)):
        raise NotAllowed
