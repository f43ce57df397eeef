from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.countries import CHINA, COUNTRIES
from cities.models.from_record import FromRecord
from cities.search import fold, search_text
from detwin.languages import CODES, in_language

# What stands beside the places in the addresses of the site.
RESERVED_SLUGS = ("countries", "definitions", "missing")


class PlaceQuerySet(models.QuerySet["Place"]):
    def outside_china(self) -> PlaceQuerySet:
        """Keep the places whose councils can be asked."""
        return self.exclude(country=CHINA)

    def in_china(self) -> PlaceQuerySet:
        """Keep the partner places."""
        return self.filter(country=CHINA)

    def called(self, query: str) -> PlaceQuerySet:
        """Keep the places that have a name containing `query`, in any script."""
        folded = fold(query)
        return self.filter(search_text__contains=folded) if folded else self.none()

    def in_name_order(self) -> PlaceQuerySet:
        """Order by the English name, the one order all languages share."""
        return self.order_by("name_en", "slug")


class Place(FromRecord):
    """A place with a council, or a place in China that is twinned with one.

    Coordinates are decimal degrees in WGS 84. `other_names` are further names that
    people type, one a line; they are searched and never shown as the name.
    """

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    region = models.CharField(_("region"), max_length=120, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)
    wikidata_id = models.CharField(_("Wikidata item"), max_length=20, blank=True)
    other_names = models.TextField(_("other names"), blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90))
                & models.Q(longitude__range=(-180, 180)),
                name="place_coordinates_on_earth",
            ),
            models.CheckConstraint(
                condition=~models.Q(slug__in=RESERVED_SLUGS),
                name="place_slug_is_no_page",
                violation_error_message=_("This address belongs to another page."),
            ),
        ]
        indexes = [models.Index(fields=["country", "slug"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_country_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the search column made anew from every name."""
        self.search_text = search_text(self.all_names())
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("cities:place", args=[self.slug])

    def all_names(self) -> list[str]:
        """Return every name the place has: three languages, others, its slug."""
        names = [in_language(self, "name", code) for code in CODES]
        return [*names, *self.other_names.splitlines(), self.slug]

    @property
    def is_in_china(self) -> bool:
        """Tell whether the place is a partner place rather than one that is asked."""
        return self.country == CHINA
