"""The desk's pages for what two organisers decide together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safety.organisers.approvals import Approval, NotAllowed, permission_of
from safety.organisers.doors import at_the_desk, fresh

_SHOWN = 50


class AnswerForm(forms.Form):
    """Yes or no."""

    granted = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
    )


class ReasonForm(forms.Form):
    """Why something is asked for: read by the second organiser, kept for good."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "The second organiser reads it, and it stays in the audit trail. Name no "
            "signer."
        ),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


@at_the_desk("safety.view_approval")
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """List what waits, what may be used, and what was decided before."""
    rows = Approval.objects.select_related("asked_by", "answered_by")
    context = {
        "waiting": [offered(row, request.user) for row in rows.waiting()],
        "usable": rows.usable().filter(action=Approval.Action.EXPORT),
        "past": rows.exclude(answered_at=None)[:_SHOWN],
        "may_export": request.user.has_perm("safety.ask_export"),
    }
    return render(request, "desk/approvals.html", context)


def offered(row: Approval, organiser: Any) -> dict[str, Any]:
    """Return a waiting request with what this organiser may do about it."""
    is_own = row.asked_by_id == organiser.pk
    may_answer = organiser.has_perm(permission_of(row.action))
    return {
        "row": row,
        "may_approve": may_answer and (settings.DEBUG or not is_own),
        "may_refuse": may_answer or is_own,
        "is_own": is_own,
    }


@at_the_desk("safety.view_approval")
@fresh
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse a request, by who may."""
    row = get_object_or_404(Approval, pk=pk)
    form = AnswerForm(request.POST)
    allowed = offered(row, request.user)
    try:
        if not form.is_valid():
            raise NotAllowed
        granted = form.cleaned_data["granted"]
        if not allowed["may_approve" if granted else "may_refuse"]:
            raise NotAllowed
        row.answer(request.user, granted)
    except NotAllowed as refusal:
        text = _(
            "Nothing was done: it was answered before, is over "
            "a day old, or needs another organiser."
        )
        messages.error(request, str(refusal) or text)
    else:
        messages.success(request, _("Approved.") if granted else _("Refused."))
    return redirect("access:approvals")
