"""What organisers say: articles and the notes on them, pictures, and the press's needs."""

from __future__ import annotations

from news.models.article import Article, ArticleQuerySet
from news.models.correction import Correction, CorrectionQuerySet
from news.models.picture import Picture
from news.models.press_asset import PressAsset
from news.models.press_contact import PressContact
from news.models.press_coverage import Coverage
from news.models.press_release import OutletLink, Release, ReleaseQuerySet
from news.models.press_voice import Quote, Spokesperson

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Correction",
    "CorrectionQuerySet",
    "Coverage",
    "OutletLink",
    "Picture",
    "PressAsset",
    "PressContact",
    "Quote",
    "Release",
    "ReleaseQuerySet",
    "Spokesperson",
]
