from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.models import Place


class PlaceToAskManager(models.Manager["PlaceToAsk"]):
    def get_queryset(self) -> models.QuerySet[PlaceToAsk]:
        """Keep the places with an agreement to ask about and no petition yet."""
        places = super().get_queryset().exclude(country="CN")
        askable = places.filter(
            council__isnull=False,
            twinnings__status__in=("active", "under_review", "suspended", "unknown"),
        )
        return askable.filter(petitions=None).distinct()


class PlaceToAsk(Place):
    """A place that could have a petition; the desk opens petitions from this list."""

    objects = PlaceToAskManager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        verbose_name = _("place without a petition")
        verbose_name_plural = _("places without a petition")
