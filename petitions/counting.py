"""Counting again from the rows, to prove the counters."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from petitions.models import DailyTally, PaperBatch, Petition, Signature


@dataclass(frozen=True)
class Difference:
    """A counter that does not agree with the rows."""

    slug: str
    counter: str
    stored: int
    counted: int


def recounted(only: Petition | None = None) -> dict[int, dict[str, int]]:
    """Return the true figures by petition, from the rows alone."""
    of = {"petition": only} if only else {}
    settled = (
        Signature.objects.filter(**of)
        .values("petition_id")
        .annotate(
            supporters=Count("pk", filter=Q(state=Signature.State.CONFIRMED)),
            council_valid=Count(
                "pk", filter=Q(state=Signature.State.CONFIRMED, council_valid=True)
            ),
        )
    )
    true = {
        row["petition_id"]: {
            "supporters": row["supporters"],
            "council_valid": row["council_valid"],
        }
        for row in settled
    }
    batches = PaperBatch.objects.exclude(state=PaperBatch.State.ENTERED).filter(**of)
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


def certain_differences() -> list[Difference]:
    """Return what disagrees although nobody was signing while it was counted.

    Counting all takes a while, in which counters move; what seems wrong is counted
    again with its petition locked. The sums of the daily tallies must agree as well.
    """
    slugs = {wrong.slug for wrong in differences()} | tallies_apart()
    found = []
    for slug in sorted(slugs):
        with transaction.atomic():
            petition = Petition.objects.select_for_update().get(slug=slug)
            right = counted_of(petition)
            stored = {name: getattr(petition, name) for name in right}
            stored["tally"] = petition.supporters
            right["tally"] = tally_sum().get(petition.pk, 0)
        found += [
            Difference(slug, name, stored[name], value)
            for name, value in right.items()
            if stored[name] != value
        ]
    return found


def counted_of(petition: Petition) -> dict[str, int]:
    """Return the true figures of one petition."""
    true = {"supporters": 0, "council_valid": 0, "paper": 0}
    return true | recounted(petition).get(petition.pk, {})


def tally_sum() -> dict[int, int]:
    """Return the supporters by petition as the daily tallies add up to."""
    rows = DailyTally.objects.values("petition_id").annotate(
        supporters=Sum(F("confirmed") + F("released") - F("withdrawn") - F("removed"))
    )
    return {row["petition_id"]: row["supporters"] for row in rows}


def tallies_apart() -> set[str]:
    """Return the petitions whose tallies add up to another number of supporters."""
    sums = tally_sum()
    rows = Petition.objects.values_list("pk", "slug", "supporters")
    return {slug for pk, slug, stored in rows if sums.get(pk, 0) != stored}
