"""The translation desk: what lacks a language, or is older than what it follows."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from detwin.languages import CODES
from front.desk.pages import desk_page, desk_render
from front.desk.untranslated import article_lines, other_kinds
from news.models import Article

PER_PAGE = 50


@desk_page("news.change_article")
def translation_desk(request: HttpRequest) -> HttpResponse:
    """List the articles that wait, then the other texts this organiser may mend."""
    articles = Paginator(Article.objects.to_translate(), PER_PAGE)
    page = articles.get_page(request.GET.get("page"))
    return desk_render(
        request,
        "translations.html",
        _("Translation desk"),
        page=page,
        lines=article_lines(page),
        kinds=other_kinds(request.user),
    )


@desk_page("news.change_article")
@require_POST
def still_fits(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Note that the words in a language still fit what they follow."""
    if code not in CODES:
        raise Http404
    article = get_object_or_404(Article, pk=pk)
    article.mark_in_step(code)
    messages.success(request, _("Still fits: %(article)s") % {"article": article})
    return redirect("desk:translations")
