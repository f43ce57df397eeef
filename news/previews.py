"""Links by which anybody who holds one reads an article before it is out."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import override

from news.models import Article
from safety.links import BadToken, make_signed, read_signed

SALT = "news.previews"
GOOD_FOR = datetime.timedelta(days=7)


def preview_path(article: Article, code: str) -> str:
    """Return a path that shows the article in a language for seven days."""
    with override(code):
        return reverse("news:preview", args=[make_signed(str(article.pk), SALT)])


def opened(token: str) -> tuple[Article, datetime.timedelta] | None:
    """Return the article behind a token and how long it still opens; None if dead."""
    try:
        payload, age = read_signed(token, SALT)
    except BadToken:
        return None
    left = GOOD_FOR - age
    if left < datetime.timedelta(0) or not payload.isdecimal():
        return None
    articles = Article.objects.select_related(*Article.SHOWN_WITH)
    article = articles.filter(pk=payload).first()
    return (article, left) if article else None
