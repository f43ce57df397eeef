"""Bring a file back: upload, see what would change, then apply exactly that.

Nothing of an upload is stored. The dry run's page carries the file itself, signed
for the organiser who sent it, and it is good for an hour.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from cities.corrected_admin import REASON_HELP, WHY_COLUMNS, GivesReason
from cities.csv_cells import as_csv
from cities.importing import (
    KINDS,
    LARGEST_BYTES,
    Moved,
    Plan,
    Unreadable,
    apply_plan,
    make_plan,
)
from cities.importing.kinds import Known
from cities.importing.planning import UNCHANGED, WRONG
from front.desk.pages import desk_page, desk_render, for_every_place
from petitions.guards import body_size

MAY_IMPORT = (
    "cities.add_twinning",
    "cities.change_twinning",
    "cities.add_statusevent",
    "cities.change_statusevent",
)
SALT = "desk import"
SECONDS = 3_600
# What a form weighs besides its file.
ENVELOPE_BYTES = 10_000


class UploadForm(forms.Form):
    """Which file it is, and the file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the file holds"),
        choices=[(name, kind.label) for name, kind in KINDS.items()],
    )
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Comma or semicolon, UTF-8, at most 1.5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def clean_file(self) -> bytes:
        """Return the content; a file that is too large is not read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise ValidationError(too_large())
        content: bytes = file.read()
        return content


def too_large() -> str:
    """Say how large a file may be."""
    return _("The file is larger than 1.5 MB. Nothing was read.")


@desk_page(*MAY_IMPORT)
@csrf_exempt
@for_every_place
def upload(request: HttpRequest) -> HttpResponse:
    """Refuse what is too large before anything of it is read; pass on the rest."""
    if body_size(request) > LARGEST_BYTES + ENVELOPE_BYTES:
        return show_upload(request, UploadForm(), 413, too_large())
    answer: HttpResponse = small_upload(request)
    return answer


@csrf_protect
def small_upload(request: HttpRequest) -> HttpResponse:
    """Show the form, or what the uploaded file would change."""
    if request.method != "POST":
        return show_upload(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_upload(request, form, 422)
    name, content = form.cleaned_data["kind"], form.cleaned_data["file"]
    try:
        plan = make_plan(KINDS[name], content)
    except Unreadable as error:
        return show_upload(request, form, 422, str(error))
    return show_plan(request, plan, sealed(request, name, content, plan))


def show_upload(
    request: HttpRequest, form: UploadForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    """Show the form with what is wrong with the whole file."""
    title = _("Import and export")
    return desk_render(
        request, "import.html", title, status, form=form, problem=problem, kinds=KINDS
    )


def sealed(request: HttpRequest, name: str, content: bytes, plan: Plan) -> str:
    """Return the file and the digest of its plan, signed for this organiser."""
    whole = {"kind": name, "text": content.decode(), "digest": plan.digest}
    whole["organiser"] = str(request.user.pk)
    return signing.dumps(whole, salt=SALT, compress=True)


def opened(request: HttpRequest) -> dict[str, Any] | None:
    """Return what `sealed` made for this organiser within the hour; else None."""
    try:
        whole: dict[str, Any] = signing.loads(
            request.POST.get("file", ""), salt=SALT, max_age=SECONDS
        )
    except signing.BadSignature:
        return None
    return whole if whole["organiser"] == str(request.user.pk) else None


def show_plan(
    request: HttpRequest, plan: Plan, token: str, form: GivesReason | None = None
) -> HttpResponse:
    """Show row by row what would change; ask why where public facts would."""
    if plan.corrects and form is None:
        form = GivesReason()
    return desk_render(
        request,
        "import_plan.html",
        _("What the file would change"),
        status=422 if plan.counts[WRONG] or (form and form.errors) else 200,
        plan=plan,
        told=[row for row in plan.rows if row.verdict != UNCHANGED],
        unchanged=spans(row.line for row in plan.rows if row.verdict == UNCHANGED),
        token=token,
        form=form,
        reason_help=REASON_HELP,
    )


def spans(numbers: Any) -> str:
    """Write line numbers shortly: “2–5, 7”."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(f"{a}–{b}" if a != b else f"{a}" for a, b in found)


@desk_page(*MAY_IMPORT)
@for_every_place
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Apply the plan that was shown, if the record still is as it was then."""
    whole = opened(request)
    if whole is None:
        messages.error(
            request, _("This page is too old. Please upload the file again.")
        )
        return redirect("desk:import")
    kind, content = KINDS[whole["kind"]], whole["text"].encode()
    plan = make_plan(kind, content)
    form = GivesReason(request.POST) if plan.corrects else None
    if form is not None and not form.is_valid():
        return show_plan(request, plan, request.POST["file"], form)
    why = reason_of(form)
    try:
        plan = apply_plan(kind, content, whole["digest"], why, request.user)
    except Moved:
        messages.error(
            request,
            _(
                "The record has changed since you saw this. Nothing was done; please "
                "upload the file again."
            ),
        )
        return redirect("desk:import")
    text = _("Applied: %(added)s added, %(changed)s changed.") % plan.counts
    messages.success(request, text)
    return redirect("desk:import")


def reason_of(form: GivesReason | None) -> dict[str, str]:
    """Return the reason by column; all empty when it was ticked away."""
    if form is None or form.cleaned_data["not_a_correction"]:
        return dict.fromkeys(WHY_COLUMNS, "")
    return {name: form.cleaned_data[name] for name in WHY_COLUMNS}


@desk_page("cities.view_twinning", "cities.view_statusevent")
@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Give the file to edit in a spreadsheet and bring back."""
    if name not in KINDS:
        raise Http404
    kind = KINDS[name]
    content = as_csv(kind.columns, kind.rows(Known.load()))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    # Excel takes a file without the mark for a Windows encoding.
    return HttpResponse("\ufeff" + content, "text/csv; charset=utf-8", headers=headers)
