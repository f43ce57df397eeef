from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from detwin.languages import CODES, NAMES, column, in_language
from safety.models import Approval

LONGEST_SUBJECT = 120
TEXTS = ("subject", "text")


class MailingQuerySet(models.QuerySet["Mailing"]):
    """News on its way to a list."""

    def sending(self) -> MailingQuerySet:
        """Keep those that the worker is at, the oldest first."""
        return self.filter(state=Mailing.State.SENDING).order_by("started_at", "pk")

    def sendable(self) -> MailingQuerySet:
        """Keep those that do not pause because the relay did not answer."""
        now = timezone.now()
        paused = models.Q(paused_until__gt=now)
        return self.sending().exclude(paused)

    def in_trouble(self) -> MailingQuerySet:
        """Keep those that the relay does not take just now."""
        return self.sending().exclude(trouble_since=None)


class Mailing(models.Model):
    """One text in three languages to one list of subscribers, sent once.

    Its texts are made from an article and may be shortened until another organiser is
    asked. What was asked for is what is sent: the approval names a hash of it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        STOPPED = "stopped", _("stopped")

    article = models.ForeignKey(
        "news.Article",
        models.PROTECT,
        related_name="mailings",
        verbose_name=_("article"),
    )
    place = models.ForeignKey(
        "cities.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to the list of"),
        help_text=_("Empty: to everybody who wants all news."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Others may read it on a locked screen: keep it neutral."),
    )
    text = models.TextField(_("text"), max_length=20_000, help_text=_("Plain text."))
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.DRAFT, editable=False
    )
    approval = models.ForeignKey(
        "safety.Approval",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approval"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    made_on = models.DateField(_("made on"), auto_now_add=True)
    started_at = models.DateTimeField(_("begun"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    is_filled = models.BooleanField(default=False, editable=False)
    recipients = models.PositiveIntegerField(_("recipients"), default=0, editable=False)
    sent = models.PositiveIntegerField(_("sent"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("refused"), default=0, editable=False)
    paused_until = models.DateTimeField(null=True, editable=False)
    trouble_since = models.DateTimeField(
        _("relay does not answer since"), null=True, editable=False
    )

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]
        permissions = [("approve_mailing", "May approve another organiser's mailing")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(approval__isnull=False),
                name="news_mailed_with_approval",
            )
        ]

    def __str__(self) -> str:
        return self.subject or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("desk:mailing", args=[self.pk])

    def clean(self) -> None:
        """Refuse an article that the public cannot read yet: the mail links to it."""
        article = getattr(self, "article", None)
        if article is not None and not article.is_published:
            message = _("Publish the article first: the mail links to it.")
            raise ValidationError({"article": message})

    @property
    def digest(self) -> str:
        """Return a hash of everything that a recipient gets, and of the list."""
        texts = [in_language(self, name, code) for name in TEXTS for code in CODES]
        whole = "\0".join([*texts, str(self.place_id), str(self.article_id)])
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def missing_languages(self) -> list[str]:
        """Name the languages that lack a subject or a text."""
        return [
            NAMES[code]
            for code in CODES
            if not all(in_language(self, name, code).strip() for name in TEXTS)
        ]

    @property
    def is_asked(self) -> bool:
        """Tell whether another organiser may still answer."""
        if self.state != self.State.DRAFT or self.approval_id is None:
            return False
        return Approval.objects.waiting().filter(pk=self.approval_id).exists()

    @property
    def is_open(self) -> bool:
        """Tell whether its texts may be changed."""
        return self.state == self.State.DRAFT and not self.is_asked

    @property
    def waiting(self) -> int:
        """Count the recipients that are still to be mailed."""
        return self.deliveries.count()

    @property
    def left_meanwhile(self) -> int:
        """Count those who stopped their news while it was being sent."""
        if not self.is_filled or self.state == self.State.STOPPED:
            return 0
        return max(0, self.recipients - self.sent - self.refused - self.waiting)

    def texts_in(self, code: str) -> dict[str, str]:
        """Return subject and text in one language."""
        return {name: in_language(self, name, code) for name in TEXTS}

    def set_texts(self, code: str, **texts: Any) -> None:
        """Set subject or text in one language; saves nothing."""
        for name, value in texts.items():
            setattr(self, column(name, code), value)
