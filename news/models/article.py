from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """Keep the articles whose hour has come, newest first."""
        return self.filter(publish_at__lte=timezone.now()).order_by(
            "-publish_at", "slug"
        )


class Article(models.Model):
    """An update in three languages, about one place or all of them.

    It points at a petition by slug, so that news knows nothing of petitions.
    """

    slug = models.SlugField(_("slug"), unique=True, max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    body = models.TextField(_("body"), help_text=_("Markdown"), blank=True)
    place = models.ForeignKey(
        "cities.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("place"),
    )
    petition_slug = models.SlugField(_("petition's slug"), blank=True, max_length=80)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: a draft. In the future: it appears by itself at that time."
        ),
    )
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-publish_at", "slug"])]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Tell whether the public can read it."""
        return self.publish_at is not None and self.publish_at <= timezone.now()
