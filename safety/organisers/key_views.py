"""Asking another organiser for a change of recipient keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safety.models import RecipientKey
from safety.organisers import key_changes
from safety.organisers.approval_views import ReasonForm
from safety.organisers.approvals import Approval
from safety.organisers.doors import at_the_desk, fresh

if TYPE_CHECKING:
    KeyModelForm = forms.ModelForm[RecipientKey]
else:  # Django's own class takes no type at run time.
    KeyModelForm = forms.ModelForm

ASK = "safety.ask_key_change"


class NewKeyForm(KeyModelForm, ReasonForm):
    """A public key with the reason for adding it."""

    class Meta:
        model = RecipientKey
        fields = ("public_text", "holder", "is_escrow")
        widgets = {"public_text": forms.Textarea({"rows": 4})}


@at_the_desk(ASK)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_key(request: HttpRequest) -> HttpResponse:
    """Ask for a new key; it is checked now and stored when another approves."""
    form = NewKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        key_changes.ask_to_add(request.user, form.instance, reason)
        return asked(request)
    return page(request, form, Approval.Action.ADD_KEY.label)


@at_the_desk(ASK)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to turn a key off, or on again."""
    key = get_object_or_404(RecipientKey, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key_changes.ask_to_switch(request.user, key, form.cleaned_data["reason"])
        return asked(request)
    action = Approval.Action.KEY_OFF if key.active else Approval.Action.KEY_ON
    return page(request, form, action.label, key)


def asked(request: HttpRequest) -> HttpResponse:
    """Say that it waits for another organiser now."""
    messages.success(request, _("Asked. A second organiser must approve it."))
    return redirect("access:approvals")


def page(
    request: HttpRequest, form: Any, title: Any, subject: Any = ""
) -> HttpResponse:
    """Return the page that asks for a reason."""
    context = {"form": form, "title": title, "subject": subject}
    return render(request, "desk/ask.html", context)
