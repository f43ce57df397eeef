"""What organisers say: articles, pictures, what the press needs, and news by mail."""

from __future__ import annotations

from news.models.article import Article, ArticleQuerySet
from news.models.correction import Correction, CorrectionQuerySet
from news.models.delivery import Delivery
from news.models.mailing import Mailing
from news.models.picture import Picture
from news.models.press_asset import PressAsset
from news.models.press_contact import PressContact
from news.models.press_coverage import Coverage
from news.models.press_release import OutletLink, Release, ReleaseQuerySet
from news.models.press_voice import Quote, Spokesperson
from news.models.sending_slot import SendingSlot
from news.models.subscriber import Subscriber
from news.models.subscription_request import SubscriptionRequest

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Correction",
    "CorrectionQuerySet",
    "Coverage",
    "Delivery",
    "Mailing",
    "OutletLink",
    "Picture",
    "PressAsset",
    "PressContact",
    "Quote",
    "Release",
    "ReleaseQuerySet",
    "SendingSlot",
    "Spokesperson",
    "Subscriber",
    "SubscriptionRequest",
]
