"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.models import Event
from detwin.page_cache import kept
from front.as_of import today
from front.citing import cite_figures
from front.counts import Counts
from front.endings import endings_chart
from front.figures import all_ties, by_country, figures
from news.models import Article
from petitions.models import Petition

NEWEST = 3


@kept
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the figures, a search, the worldwide petition and the latest news."""
    ties = all_ties()
    world = Petition.objects.running().filter(scope=Petition.Scope.WORLD).first()
    context = {
        "figures": figures(ties),
        "citation": cite_figures(Counts.of(tie[:2] for tie in ties), today()),
        "countries": by_country(ties),
        "endings": endings_chart(),
        "articles": Article.objects.published().select_related("place")[:NEWEST],
        "next_events": Event.objects.coming().taking_place()[:NEWEST],
        "world": world,
        "world_wording": world.wording if world else None,
    }
    return render(request, "front/home.html", context)
