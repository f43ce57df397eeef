"""Counting again from the rows, to prove the counters."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from petitions.models import PaperBatch, Petition, Signature


@dataclass(frozen=True)
class Difference:
    """A counter that does not agree with the rows."""

    slug: str
    counter: str
    stored: int
    counted: int


def recounted() -> dict[int, dict[str, int]]:
    """Return the true figures by petition, from the rows alone."""
    settled = Signature.objects.values("petition_id").annotate(
        supporters=Count("pk", filter=Q(state=Signature.State.CONFIRMED)),
        council_valid=Count(
            "pk", filter=Q(state=Signature.State.CONFIRMED, council_valid=True)
        ),
    )
    true = {
        row["petition_id"]: {
            "supporters": row["supporters"],
            "council_valid": row["council_valid"],
        }
        for row in settled
    }
    batches = PaperBatch.objects.exclude(state=PaperBatch.State.ENTERED)
    sums = batches.values("petition_id").annotate(
        all_lines=Sum("lines"), out=Sum("struck_out")
    )
    for row in sums:
        figures = true.setdefault(row["petition_id"], {})
        figures["paper"] = row["all_lines"] - row["out"]
    return true


def differences(*, fix: bool = False) -> list[Difference]:
    """Return each counter that is wrong; with `fix`, set it right."""
    true = recounted()
    found = []
    for petition in Petition.objects.all():
        right = {"supporters": 0, "council_valid": 0, "paper": 0}
        right |= true.get(petition.pk, {})
        wrong = {
            name: value
            for name, value in right.items()
            if getattr(petition, name) != value
        }
        found += [
            Difference(petition.slug, name, getattr(petition, name), value)
            for name, value in wrong.items()
        ]
        if fix and wrong:
            Petition.objects.filter(pk=petition.pk).update(**wrong)
    return found
