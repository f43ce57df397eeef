"""What one organiser asks for and another one approves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safety import audit

# As long as it may wait for an answer, and as long as an approval may wait to be used.
LIFETIME = timedelta(hours=24)
ANSWER = "safety.answer_approval"


class NotAllowed(Exception):
    """Answered before, too late, by who asked for it, or used up.

    Its text, if it has one, is for the organiser.
    """


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Requests for approval."""

    def waiting(self) -> ApprovalQuerySet:
        """Those that somebody may still answer."""
        since = timezone.now() - LIFETIME
        return self.filter(answered_at=None, asked_at__gt=since)

    def usable(self) -> ApprovalQuerySet:
        """Those that were approved within a day and are not used yet."""
        since = timezone.now() - LIFETIME
        return self.filter(granted=True, used_at=None, answered_at__gt=since)

    def answerable_by(self, organiser: Any) -> ApprovalQuerySet:
        """Those of a kind that this organiser may answer."""
        actions = Approval.Action.values
        may = [name for name in actions if organiser.has_perm(permission_of(name))]
        return self.filter(action__in=may)


class Approval(models.Model):
    """One request: what, of what, why, by whom, and what another one said."""

    class Action(models.TextChoices):
        EXPORT = "export", _("Export sealed records")
        ADD_KEY = "add_key", _("Add a recipient key")
        KEY_ON = "key_on", _("Turn a recipient key on")
        KEY_OFF = "key_off", _("Turn a recipient key off")
        RELEASE = "release", _("Count quarantined signatures after all")
        QUARANTINE = "quarantine", _("Set many signatures aside")
        MAILING = "mailing", _("Send news to subscribers")

    action = models.CharField(_("what"), max_length=10, choices=Action)
    subject = models.CharField(_("of what"), max_length=200)
    details = models.JSONField(default=dict, editable=False)
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    granted = models.BooleanField(_("approved"), null=True)
    # Only a development site may be run by one person.
    alone = models.BooleanField(default=False, editable=False)
    used_at = models.DateTimeField(_("used at"), null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("-asked_at",)
        default_permissions = ("view",)
        permissions = [
            ("ask_export", "May ask for an export of sealed records"),
            ("ask_key_change", "May ask for a change of recipient keys"),
            ("ask_release", "May ask to count quarantined signatures"),
            ("answer_approval", "May answer what another organiser asks for"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(granted__isnull=True)
                | models.Q(granted=False)
                | ~models.Q(answered_by=models.F("asked_by"))
                | models.Q(alone=True),
                name="safety_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(granted=True),
                name="safety_used_when_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.subject}"

    def answer(self, organiser: Any, granted: bool) -> None:
        """Approve or refuse; what needs no further step is done at once.

        Who asked may refuse (take it back) but not approve. Raises NotAllowed.
        """
        alone = granted and organiser.pk == self.asked_by_id
        if alone and not settings.DEBUG:
            raise NotAllowed
        with transaction.atomic():
            changed = Approval.objects.waiting().filter(pk=self.pk)
            values = {"answered_by": organiser, "answered_at": timezone.now()}
            if not changed.update(granted=granted, alone=alone, **values):
                raise NotAllowed
            self.refresh_from_db()
            verb = "approved" if granted else "refused"
            self._record(organiser, verb)
            if granted and self.action in _PERFORMERS:
                self.use(organiser)

    def use(self, organiser: Any) -> None:
        """Use the approval up and do what it allows, in one transaction with the
        audit trail; raises NotAllowed.
        """
        with transaction.atomic():
            if (
                not Approval.objects.usable()
                .filter(pk=self.pk)
                .update(used_at=timezone.now())
            ):
                raise NotAllowed
            self._record(organiser, "done")
            if perform := _PERFORMERS.get(self.action):
                perform(self)

    def _record(self, organiser: Any, verb: str) -> None:
        name = organiser.get_username()
        audit.record(name, f"{self.action} {verb}", self.subject, self.reason)


def ask(
    organiser: Any, action: str, subject: str, reason: str, **details: Any
) -> Approval:
    """Ask the other organisers for something, and write it into the audit trail."""
    with transaction.atomic():
        asked = Approval.objects.create(
            action=action,
            subject=subject,
            reason=reason,
            asked_by=organiser,
            details=details,
        )
        asked._record(organiser, "asked")
    return asked


Performer = Callable[[Approval], None]
_PERFORMERS: dict[str, Performer] = {}
_PERMISSIONS: dict[str, str] = {}


def performs(
    *actions: str, answered_with: str = ANSWER
) -> Callable[[Performer], Performer]:
    """Name the function that does what an approval of these actions allows, and the
    permission of whoever may answer.
    """

    def register(function: Performer) -> Performer:
        _PERFORMERS.update(dict.fromkeys(actions, function))
        _PERMISSIONS.update(dict.fromkeys(actions, answered_with))
        return function

    return register


def permission_of(action: str) -> str:
    """Return the permission of whoever may answer a request of this kind."""
    return _PERMISSIONS.get(action, ANSWER)
