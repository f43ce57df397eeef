from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.outlet_tokens import make_token, read_token

NONCE_BYTES = 16


class ReleaseQuerySet(models.QuerySet["Release"]):
    def public(self) -> ReleaseQuerySet:
        """Keep the releases whose hour has come, newest first."""
        return self.filter(embargo_until__lte=timezone.now()).order_by(
            "-embargo_until", "slug"
        )


class Release(models.Model):
    """A text for the press. Before its hour only a link made for an outlet opens it."""

    slug = models.SlugField(_("slug"), unique=True, max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    body = models.TextField(_("body"), help_text=_("Markdown"), blank=True)
    place = models.ForeignKey(
        "cities.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="releases",
        verbose_name=_("place"),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_(
            "In UTC. Empty: a draft, which no link opens either. At this hour it "
            "becomes public by itself."
        ),
    )
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        indexes = [models.Index(fields=["-embargo_until", "slug"])]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("press:release", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Tell whether everybody can read it."""
        return self.embargo_until is not None and self.embargo_until <= timezone.now()


class OutletLinkQuerySet(models.QuerySet["OutletLink"]):
    def behind(self, token: str) -> OutletLink | None:
        """Return the link whose token this is, if it still opens something."""
        read = read_token(token)
        if read is None:
            return None
        link = self.select_related("release").filter(uuid=read[0]).first()
        return link if link and link.opens_with(read[1]) else None


class OutletLink(models.Model):
    """The way of one named outlet to one release before its hour."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="links", verbose_name=_("press release")
    )
    outlet = models.CharField(
        _("outlet"), max_length=120, help_text=_("The outlet only, not a person.")
    )
    works_until = models.DateTimeField(
        _("works until"),
        null=True,
        blank=True,
        help_text=_("In UTC. Empty: until the embargo ends."),
    )
    is_revoked = models.BooleanField(
        _("revoked"),
        default=False,
        help_text=_("The address given out never opens anything again."),
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nonce = models.BinaryField(default=b"", max_length=NONCE_BYTES)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = OutletLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for an outlet")
        verbose_name_plural = _("links for outlets")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.release}"

    def get_absolute_url(self) -> str:
        token = make_token(self.uuid, bytes(self.nonce))
        return reverse("press:embargo", args=[token])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a revoked link gets another nonce, so that its address is dead."""
        if self.is_revoked or not self.nonce:
            self.nonce = secrets.token_bytes(NONCE_BYTES)
        super().save(*args, **kwargs)

    def opens_with(self, nonce: bytes) -> bool:
        """Tell whether a nonce is the present one and the link's time is not over."""
        is_own = secrets.compare_digest(bytes(self.nonce), nonce)
        return is_own and not self.is_revoked and not self.is_past(timezone.now())

    def is_past(self, moment: datetime) -> bool:
        """Tell whether the time set for this link is over."""
        return self.works_until is not None and self.works_until <= moment
