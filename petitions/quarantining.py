"""Setting many signatures aside at once, in batches, and taking that back.

To whoever made them they look confirmed as before; they count for nobody. Those that
are not confirmed yet are marked, and set aside when they are. Each batch is one
transaction in which signatures, counters and tallies change together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from django.db import models, transaction

from petitions.models import (
    DailyTally,
    HeldSignature,
    Petition,
    QuarantineRun,
    Signature,
)
from petitions.models.signature import WAITING
from petitions.settling import today
from safety import audit

BATCH = 200
State = QuarantineRun.State
CONFIRMED, QUARANTINED = Signature.State.CONFIRMED, Signature.State.QUARANTINED


def matched(run: QuarantineRun) -> models.QuerySet[Signature]:
    """Return what a run would set aside now: confirmed, or on the way to it."""
    unmarked = models.Q(state__in=WAITING, is_suspect=False)
    rows = Signature.objects.filter(**run.criteria())
    return rows.filter(models.Q(state=CONFIRMED) | unmarked)


def preview(run: QuarantineRun, organiser: str) -> int:
    """Count what a run would set aside, store the run, and return the number."""
    run.counted = matched(run).count()
    with transaction.atomic():
        run.save()
        audit.record(organiser, "quarantine run previewed", str(run.pk), run.reason)
    return run.counted


def start(run: QuarantineRun, organiser: str) -> bool:
    """Have the worker apply a run; False if it is not a preview any more."""
    return _move(run, organiser, State.PREVIEW, State.APPLYING, "applied")


def take_back(run: QuarantineRun, organiser: str) -> bool:
    """Have the worker undo a run; False unless it was begun."""
    return _move(run, organiser, State.APPLIED, State.UNDOING, "undone") or _move(
        run, organiser, State.APPLYING, State.UNDOING, "undone"
    )


def _move(run: QuarantineRun, organiser: str, was: str, now: str, verb: str) -> bool:
    with transaction.atomic():
        rows = QuarantineRun.objects.filter(pk=run.pk, state=was)
        if not rows.update(state=now):
            return False
        label = f"{run.pk}: {run.counted}"
        audit.record(organiser, f"quarantine run {verb}", label, run.reason)
    run.refresh_from_db()
    return True


# --- The worker's part ----------------------------------------------------------
def work_on_runs() -> dict[str, int]:
    """Do one batch of the oldest run in hand; return how many signatures it was."""
    work = {State.APPLYING: _hold_batch, State.UNDOING: _free_batch}
    run = QuarantineRun.objects.filter(state__in=work).order_by("pk").first()
    if run is None:
        return {}
    return {"quarantine": work[State(run.state)](run)}


def _locked(run: QuarantineRun, state: str) -> QuarantineRun | None:
    """Lock the run for one batch, unless another worker or a person moved it on."""
    rows = QuarantineRun.objects.select_for_update()
    return rows.filter(pk=run.pk, state=state).first()


def _hold_batch(run: QuarantineRun) -> int:
    with transaction.atomic():
        mine = _locked(run, State.APPLYING)
        if mine is None:
            return 0
        rows = _lock_signatures(matched(mine).order_by("pk"))
        HeldSignature.objects.bulk_create(
            [HeldSignature(run=mine, signature=row.pk) for row in rows],
            ignore_conflicts=True,
        )
        _change(rows, CONFIRMED, QUARANTINED, True, _set_aside)
        mine.applied += len(rows)
        mine.state = mine.state if rows else State.APPLIED
        mine.save(update_fields=["applied", "state"])
    return len(rows)


def _free_batch(run: QuarantineRun) -> int:
    with transaction.atomic():
        mine = _locked(run, State.UNDOING)
        if mine is None:
            return 0
        keys = list(mine.held.order_by("signature").values_list("signature", flat=True))
        keys = keys[:BATCH]
        others = HeldSignature.objects.exclude(run=mine).filter(signature__in=keys)
        kept = set(others.values_list("signature", flat=True))
        free = Signature.objects.filter(pk__in=set(keys) - kept, is_suspect=True)
        rows = _lock_signatures(free.order_by("pk"))
        _change(rows, QUARANTINED, CONFIRMED, False, _bring_back)
        mine.held.filter(signature__in=keys).delete()
        mine.undone += len(rows)
        mine.state = mine.state if keys else State.UNDONE
        mine.save(update_fields=["undone", "state"])
    return len(keys)


def _lock_signatures(rows: models.QuerySet[Signature]) -> list[Signature]:
    """Lock a batch in the order in which everybody locks signatures: by key."""
    needed = ("petition_id", "state", "council_valid")
    return list(rows.select_for_update(of=("self",)).only(*needed)[:BATCH])


def _change(
    rows: Iterable[Signature],
    was: str,
    now: str,
    is_suspect: bool,
    count: Callable[[int, int, int], None],
) -> None:
    """Move what `was` counted or held to what it is `now`; mark all of them."""
    settled = [row for row in rows if row.state == was]
    Signature.objects.filter(pk__in=[row.pk for row in settled]).update(state=now)
    marked = Signature.objects.filter(pk__in=[row.pk for row in rows])
    marked.update(is_suspect=is_suspect)
    numbers = Counter(row.petition_id for row in settled)
    valid = Counter(row.petition_id for row in settled if row.council_valid)
    for petition in sorted(numbers):
        count(petition, numbers[petition], valid[petition])


def _set_aside(petition: int, number: int, valid: int) -> None:
    Petition.objects.filter(pk=petition).update(
        council_valid=models.F("council_valid") - valid,
        supporters=models.F("supporters") - number,
    )
    DailyTally.add(petition, today(), quarantined=number, removed=number)


def _bring_back(petition: int, number: int, valid: int) -> None:
    Petition.objects.filter(pk=petition).update(
        council_valid=models.F("council_valid") + valid,
        supporters=models.F("supporters") + number,
    )
    DailyTally.add(petition, today(), released=number)
