"""What organisers say: articles and the notes on them, and pictures."""

from __future__ import annotations

from news.models.article import Article, ArticleQuerySet
from news.models.correction import Correction, CorrectionQuerySet
from news.models.picture import Picture

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Correction",
    "CorrectionQuerySet",
    "Picture",
]
