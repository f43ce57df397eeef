"""What the site got wrong, in public: every correction of a published article."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from detwin.page_cache import kept
from front.prose import prose_context
from news.models import Correction


@kept
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show how to report a mistake and what has been corrected, newest first."""
    made = Correction.objects.filter(article__publish_at__lte=timezone.now())
    context = prose_context(request, "corrections")
    context["corrections"] = made.select_related("article").order_by("-day", "-pk")
    return render(request, "front/prose_page.html", context)
