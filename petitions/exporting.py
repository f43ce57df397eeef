"""Handing a petition's sealed records to a key holder: ciphertext and no more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from petitions.models import Petition
from petitions.sealed_lines import sealed_lines
from safety.models import Approval
from safety.organisers.approval_views import ReasonForm
from safety.organisers.approvals import NotAllowed, ask
from safety.organisers.doors import at_the_desk, fresh
from safety.organisers.places import theirs

EXPORT = Approval.Action.EXPORT
PERMISSION = "safety.ask_export"


@at_the_desk(PERMISSION)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def ask_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a second organiser for the sealed records of one petition."""
    petition = theirs_or_404(request, slug)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask(request.user, EXPORT, petition.slug, form.cleaned_data["reason"])
        messages.success(request, _("Asked. A second organiser must approve it."))
        return redirect("access:approvals")
    context = {"form": form, "title": EXPORT.label, "subject": petition.slug}
    return render(request, "desk/ask.html", context)


@at_the_desk(PERMISSION)
@fresh
@require_POST
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stream an approved export once; the audit trail knows before the first byte."""
    approval = get_object_or_404(Approval, pk=pk, action=EXPORT)
    petition = theirs_or_404(request, approval.subject)
    try:
        approval.use(request.user)
    except NotAllowed:
        messages.error(request, _("This approval was used or is over a day old."))
        return redirect("access:approvals")
    response = StreamingHttpResponse(
        sealed_lines(petition), content_type="application/x-ndjson"
    )
    name = f"{petition.slug}.sealed.ndjson"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def theirs_or_404(request: HttpRequest, slug: str) -> Petition:
    """Return a petition that this organiser's role is for."""
    rows = theirs(Petition.objects.all(), request.user, PERMISSION)
    petition: Petition = get_object_or_404(rows, slug=slug)
    return petition
