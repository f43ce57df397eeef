"""What the pictures of petitions say, for those who show a preview of their links."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from detwin.cards import Card, serve
from detwin.drawing import draw_missing
from detwin.languages import CODES, best_of, column
from petitions.models import Petition, Wording
from petitions.standing import standing_petition

# A development site has hundreds of petitions that nobody shares.
MOST_IN_DEVELOPMENT = 12


def card(petition: Petition, wording: Wording, code: str) -> Card:
    """Return a petition's card: to whom it is, and its title."""
    with override(code):
        if petition.has_council:
            kind = gettext("Petition to a council")
        elif petition.country:
            kind = best_of(petition, "addressee", code)[0]
        else:
            kind = gettext("Worldwide petition")
    return Card(petition.slug, code, kind, best_of(wording, "title", code)[0])


def cards() -> Iterator[Card]:
    """Yield the cards of public petitions: those for everybody, then the largest."""
    public = Petition.objects.public().order_by("-scope", "-supporters", "slug")
    titles = [column("title", code) for code in CODES]
    wordings = Wording.objects.only("petition", "number", *titles)
    latest = {row.petition_id: row for row in wordings.order_by("number")}
    for petition in public[: MOST_IN_DEVELOPMENT if settings.DEBUG else None]:
        if petition.pk in latest:
            yield from (card(petition, latest[petition.pk], code) for code in CODES)


def draw_pictures() -> int:
    """Draw some pictures of petitions that are missing; return how many."""
    return draw_missing(cards())


@require_safe
def share_picture(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """Serve a petition's picture, or the site's until it is drawn; 404 for drafts."""
    if code not in CODES:
        raise Http404
    petition, wording = standing_petition(slug)
    return serve(request, card(petition, wording, code))
