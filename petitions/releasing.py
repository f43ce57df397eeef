"""Counting quarantined signatures after all; many at once need two organisers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from petitions.models import Petition
from petitions.settling import release_quarantined
from safety.models import Approval
from safety.organisers.approvals import ask, performs

RELEASE = Approval.Action.RELEASE
# More than this at once could turn a petition's figure by itself.
MOST_ALONE = 25


def is_large_release(petition: Petition) -> bool:
    """Tell whether one organiser may not release so many alone."""
    return petition.signatures.filter(state="quarantined").count() > MOST_ALONE


def ask_to_release(organiser: Any, petition: Petition) -> Approval:
    """Ask another organiser to count a petition's quarantined signatures."""
    number = petition.signatures.filter(state="quarantined").count()
    reason = _("%(number)d quarantined signatures") % {"number": number}
    return ask(organiser, RELEASE, petition.slug, reason)


@performs(RELEASE)
def release(approval: Approval) -> None:
    """Count them, as another organiser approved."""
    release_quarantined(Petition.objects.get(slug=approval.subject))
