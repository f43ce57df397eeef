"""The petition that a form is signed against, remembered for a few seconds.

Signing then costs one statement, the INSERT. A petition that an organiser closes
or rewords this moment is seen as closed or reworded some seconds later; whether
its dates allow signing is judged anew each time.
"""

from __future__ import annotations

import time

from django.http import Http404

from petitions.models import Petition, Wording

SECONDS = 5.0
MOST = 1_000

_known: dict[str, tuple[float, Petition, Wording]] = {}


def standing_petition(slug: str) -> tuple[Petition, Wording]:
    """Return a petition that is no draft and its present wording; 404 otherwise.

    The figures on it may be some seconds old; nothing that counts reads them here.
    """
    known = _known.get(slug)
    if known and time.monotonic() - known[0] < SECONDS:
        return known[1], known[2]
    petition = Petition.objects.public().with_addressee().filter(slug=slug).first()
    if petition is None:
        raise Http404
    if len(_known) >= MOST:
        _known.clear()
    _known[slug] = (time.monotonic(), petition, petition.wording)
    return petition, petition.wording


def forget_standing() -> None:
    """Ask the database again at the next use, in this process."""
    _known.clear()
