"""What organisers say: articles and the corrections made to them."""

from __future__ import annotations

from news.models.article import Article, ArticleQuerySet
from news.models.correction import Correction

__all__ = ["Article", "ArticleQuerySet", "Correction"]
