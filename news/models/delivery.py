from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from safety.models import Leased, LeasedQuerySet


class DeliveryQuerySet(LeasedQuerySet["Delivery"]):
    """Mails of a mailing that are still to be sent."""


class Delivery(Leased):
    """One mail still to be sent to one subscriber. Deleted once the relay took it.

    It also goes with the subscriber: who stops in the middle gets nothing more.
    """

    mailing = models.ForeignKey(
        "news.Mailing", models.CASCADE, related_name="deliveries"
    )
    subscriber = models.ForeignKey(
        "news.Subscriber", models.CASCADE, related_name="deliveries"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "subscriber"], name="news_mailed_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
