"""An organiser's own account: passkeys and recovery codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safety import audit
from safety.organisers import passkeys
from safety.organisers.door_views import LINK_NONCE
from safety.organisers.doors import for_organisers, fresh, proof_first
from safety.organisers.forms import NewPasskeyForm
from safety.organisers.models import Organiser
from safety.organisers.standing import (
    How,
    forget_standing,
    may_enrol,
    may_enter,
    prove,
    standing,
)


@for_organisers
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what the account is opened by, and the next step to the desk."""
    context = {
        "standing": standing(request),
        "passkeys": [described(row) for row in passkeys.of(request.user)],
        "may_enrol": may_enrol(request),
        "may_enter": may_enter(request),
    }
    return render(request, "desk/access.html", context)


def described(row: Any) -> dict[str, Any]:
    """Return what a page says of a passkey."""
    return {
        "pk": row.pk,
        "name": row.data["name"],
        "added": row.created_at,
        "used": row.last_used_at,
    }


@for_organisers
@require_GET
def new_challenge(request: HttpRequest) -> HttpResponse:
    """Ask the browser to make a passkey."""
    if not may_enrol(request):
        raise PermissionDenied
    return JsonResponse(passkeys.ask_to_create(request))


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a passkey: after showing another, or once by a link or a recovery code."""
    if not may_enrol(request):
        is_theirs = standing(request).by_passkey
        return (is_theirs and proof_first(request)) or redirect("access:home")
    form = NewPasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            store(request, form.cleaned_data["credential"], form.cleaned_data["name"])
        except passkeys.Refused:
            form.add_error(None, _("This passkey could not be added. Try again."))
        else:
            messages.success(request, _("The passkey was added."))
            return redirect("access:home")
    return render(request, "desk/add.html", {"form": form})


def store(request: HttpRequest, credential: Any, name: str) -> None:
    """Store the passkey; a link or a code that led here is used up by it."""
    user = request.user
    how = standing(request).how
    with transaction.atomic():
        nonce = request.session.get(LINK_NONCE, "")
        if how == How.LINK and not Organiser.objects.of(user).spend_link(nonce):
            raise passkeys.Refused
        passkeys.add(request, credential, name)
        audit.record(user.get_username(), "passkey added")
    if how in (How.LINK, How.CODE):
        prove(request, How.NOTHING)
    forget_standing(request)


@for_organisers
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey that is not the last way in."""
    row = get_object_or_404(passkeys.of(request.user), pk=pk)
    if passkeys.of(request.user).count() < 2:
        messages.error(request, _("This is your last passkey. Add another one first."))
        return redirect("access:home")
    if request.method != "POST":
        return render(request, "desk/remove.html", {"passkey": described(row)})
    with transaction.atomic():
        row.delete()
        audit.record(request.user.get_username(), "passkey removed")
    messages.success(request, _("The passkey was removed."))
    return redirect("access:home")


@for_organisers
@fresh
@require_GET
def codes(request: HttpRequest) -> HttpResponse:
    """Say how many recovery codes are left, and offer new ones."""
    return render(request, "desk/codes.html", {"left": standing(request).codes})


@for_organisers
@fresh
@require_POST
def make_codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes, this once."""
    if not standing(request).passkeys:
        return redirect("access:home")
    with transaction.atomic():
        fresh_codes = passkeys.new_codes(request.user)
        audit.record(request.user.get_username(), "recovery codes made")
    spaced = [f"{code[:4]} {code[4:8]} {code[8:]}" for code in fresh_codes]
    return render(request, "desk/codes_once.html", {"codes": spaced})
