from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from detwin.languages import NAMES, column
from news.text_changes import first_written, note_changes, older_texts, texts_missing

# Some readings of hostile Markdown take longer the longer it is; a long report has
# a third of this.
LONGEST_BODY = 30_000


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """Keep the articles whose hour has come, newest first."""
        return self.filter(publish_at__lte=timezone.now()).order_by(
            "-publish_at", "slug"
        )

    def to_translate(self) -> ArticleQuerySet:
        """Keep those that lack a language or have one older than its source."""
        return self.filter(texts_missing() | older_texts()).order_by(
            "-publish_at", "slug"
        )


class Article(models.Model):
    """An update in three languages, about one place or all of them.

    It points at a petition by slug, so that news knows nothing of petitions.
    """

    slug = models.SlugField(_("slug"), unique=True, max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    body = models.TextField(
        _("body"),
        help_text=_(
            "Markdown, at most 30,000 characters. A picture stands on a line of its "
            "own: ![caption](picture:12)"
        ),
        blank=True,
        max_length=LONGEST_BODY,
    )
    lead_picture = models.ForeignKey(
        "news.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture at the top"),
    )
    place = models.ForeignKey(
        "cities.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("place"),
    )
    petition_slug = models.SlugField(_("petition's slug"), blank=True, max_length=80)
    status_event = models.ForeignKey(
        "cities.StatusEvent",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("decision it reports"),
        help_text=_("An event of the record; it is shown with its source."),
    )
    written_in = models.CharField(
        _("written in"),
        max_length=7,
        choices=list(NAMES.items()),
        blank=True,
        help_text=_(
            "The others are translations of it, and wait at the translation desk when "
            "they are older. Empty: English, or whatever there is."
        ),
    )
    # When the words in a language last changed, or were found to fit again.
    changed_en = models.DateTimeField(null=True, editable=False)
    changed_zh_hant = models.DateTimeField(null=True, editable=False)
    changed_zh_hans = models.DateTimeField(null=True, editable=False)
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
    # What its page shows besides its own columns.
    SHOWN_WITH = (
        "place",
        "lead_picture",
        "status_event__twinning__place",
        "status_event__twinning__chinese_place",
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-publish_at", "slug"])]

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the article, noting in which languages its words have changed."""
        self.written_in = self.written_in or first_written(self)
        note_changes(self)
        super().save(*args, **kwargs)

    def mark_in_step(self, code: str) -> None:
        """Note that the words in a language fit their source as it is now."""
        changed = {column("changed", code): timezone.now()}
        Article.objects.filter(pk=self.pk).update(**changed)

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Tell whether the public can read it."""
        return self.publish_at is not None and self.publish_at <= timezone.now()
