"""An article before it is out, for whoever holds a link to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from detwin.answers import no_store
from front.article_page import context_of
from news.previews import opened


@require_safe
def article_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show a draft with a notice; lead to the article itself once it is out."""
    found = opened(token)
    if found is None:
        raise Http404
    article, left = found
    if article.is_published:
        response: HttpResponse = redirect(article)
    else:
        context = {**context_of(article), "readable_until": timezone.now() + left}
        response = render(request, "news/article.html", context)
    return no_store(response)
