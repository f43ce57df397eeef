"""What organisers say: articles, corrections, and who gets them by mail."""

from __future__ import annotations

from news.models.article import Article, ArticleQuerySet
from news.models.correction import Correction
from news.models.delivery import Delivery
from news.models.mailing import Mailing
from news.models.sending_slot import SendingSlot
from news.models.subscriber import Subscriber
from news.models.subscription_request import SubscriptionRequest

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Correction",
    "Delivery",
    "Mailing",
    "SendingSlot",
    "Subscriber",
    "SubscriptionRequest",
]
