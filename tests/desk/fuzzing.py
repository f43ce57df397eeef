"""Posts anything at all to the forms of the desk, as its pages would be posted to.

A form that takes what it got saves it as its page does, and the row is taken back.
"""

from __future__ import annotations

import random
from copy import copy

from django import forms
from django.contrib import admin
from django.contrib.messages.storage.base import BaseStorage
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cities.corrected_admin import GivesReason
from cities.importing import KINDS, Unreadable, make_plan
from cities.models import Place, TwinningCandidate
from front.desk.candidates import AcceptForm, RejectForm
from front.desk.decided import DecidedForm
from front.desk.importing import UploadForm
from front.desk_site import NONSENSE
from safety.models import RecipientKey
from safety.organisers import forms as door
from safety.organisers.approval_views import AnswerForm, ReasonForm
from safety.organisers.key_views import NewKeyForm
from tests.nasty import text_by

# A number from which a post is drawn.
EXAMPLE = st.integers(0, 2**62)
MOST_CHANGES = 8


def drawn(example):
    """Return which fields, by number, get which values in one example."""
    draw = random.Random(example)
    return [
        (
            draw.randrange(10_000),
            [text_by(draw) for _ in range(draw.choice((0, 1, 1, 2)))],
        )
        for _ in range(draw.randrange(MOST_CHANGES))
    ]


class Silent(BaseStorage):
    """Takes messages and keeps none."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, *args, **kwargs):
        return []


def request_by(user):
    """Return a request of an organiser, posted to a page of the desk."""
    request = RequestFactory().post("/desk/")
    request.user = user
    request.session = {}
    request._messages = Silent(request)
    return request


def posted(form):
    """Return the fields of a form by the names and with the values a page has."""
    found = {}
    for bound in form:
        value, name = bound.value(), bound.html_name
        if isinstance(bound.field.widget, forms.MultiWidget):
            parts = bound.field.widget.decompress(value)
            for index, part in enumerate(parts):
                found[f"{name}_{index}"] = [] if part is None else [str(part)]
        elif isinstance(value, list | tuple):
            found[name] = [str(getattr(item, "pk", item)) for item in value]
        elif value is True:
            found[name] = ["on"]
        else:
            found[name] = [] if value in (None, False) else [str(value)]
    return found


def changed(fields, changes):
    """Return what is posted when some fields, chosen by number, hold anything else."""
    names = sorted(fields) or ["nothing"]
    data = QueryDict(mutable=True)
    chosen = {names[number % len(names)]: values for number, values in changes}
    for name, values in {**fields, **chosen}.items():
        data.setlist(
            name, [text.encode("utf-8", "replace").decode() for text in values]
        )
    return data


class Plain:
    """A form that stands by itself."""

    def __init__(self, make):
        self.make = make
        self.fields = posted(make(None))

    def post(self, changes):
        """Post once; tell whether the form took it."""
        form = self.make(changed(self.fields, changes))
        try:
            taken = form.is_valid()
        except NONSENSE:
            return False
        form.errors.as_json()
        return taken


class Rows:
    """A model's page of the desk, with the rows that stand below it."""

    def __init__(self, model_admin, user, row=None):
        self.admin, self.row, self.request = model_admin, row, request_by(user)
        self.form = model_admin.get_form(self.request, row, change=row is not None)
        pairs = model_admin.get_formsets_with_inlines(self.request, row)
        self.formsets = [formset for formset, _inline in pairs]
        form, formsets = self.build(None)
        self.fields = posted(form)
        for formset in formsets:
            self.fields |= posted(formset.management_form)
            for inline in [*formset.forms, formset.empty_form]:
                prefix = formset.add_prefix("__prefix__")
                own = posted(inline)
                last = formset.add_prefix(len(formset.forms))
                self.fields |= {k.replace(prefix, last): v for k, v in own.items()}

    def build(self, data):
        """Return the page's form and formsets, bound to what was posted."""
        row = copy(self.row)
        form = self.form(data, {} if data is not None else None, instance=row)
        return form, [
            formset(data, instance=form.instance, prefix=formset.get_default_prefix())
            for formset in self.formsets
        ]

    def post(self, changes):
        """Post once; tell whether the page took it. Nothing of it stays."""
        form, formsets = self.build(changed(self.fields, changes))
        try:
            valid = [form.is_valid(), *(formset.is_valid() for formset in formsets)]
        except NONSENSE:
            return False
        form.errors.as_json()
        if not all(valid):
            return False
        with transaction.atomic():
            change = self.row is not None
            row = self.admin.save_form(self.request, form, change=change)
            self.admin.save_model(self.request, row, form, change)
            self.admin.save_related(self.request, form, formsets, change)
            transaction.set_rollback(True)
        return True


class Import:
    """A file of the record that an organiser brings back."""

    def __init__(self, kind):
        self.kind = kind
        self.columns = ",".join(kind.columns)
        self.fields = {name: [] for name in kind.columns}

    def post(self, changes):
        """Read a file with one row; tell whether anything could be planned."""
        data = changed(self.fields, changes)
        cells = [" ".join(data.getlist(name)) for name in self.fields]
        row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        content = f"{self.columns}\r\n{row}\r\n"
        try:
            return bool(make_plan(self.kind, content.encode()).rows)
        except Unreadable:
            return False


def every_form(user):
    """Return every form of the desk by name: of rows, of the door, of the record."""
    found = {}
    request = request_by(user)
    for model, page in admin.site._registry.items():
        name, row = model._meta.label_lower, row_of(model, user)
        if row is not None and page.has_change_permission(request, row):
            found[f"change {name}"] = Rows(page, user, row)
        elif page.has_add_permission(request) and model is not RecipientKey:
            found[f"add {name}"] = Rows(page, user)
    found = {name: form for name, form in found.items() if form.fields}
    leeds = Place.objects.get(slug="leeds")
    candidate = TwinningCandidate.objects.first()
    plain = {
        "passkey": door.PasskeyForm,
        "new passkey": door.NewPasskeyForm,
        "recovery code": door.RecoveryForm,
        "answer": AnswerForm,
        "reason": ReasonForm,
        "new key": NewKeyForm,
        "reason of a correction": GivesReason,
        "upload": UploadForm,
        "reject": RejectForm,
        "accept": lambda data: AcceptForm(data, candidate=candidate),
        "decided": lambda data: DecidedForm(data, place=leeds),
    }
    found |= {name: Plain(make) for name, make in plain.items()}
    return found | {f"import {name}": Import(kind) for name, kind in KINDS.items()}


def row_of(model, user):
    """Return a stored row to change, not the organiser's own account."""
    rows = model._default_manager.order_by("-pk")
    return next((row for row in rows[:2] if row != user), None)


def post_to_each(all_forms, examples):
    """Post so many examples to each form; return how many each of them took."""
    return {name: post_many(form, examples) for name, form in all_forms.items()}


def post_many(form, examples):
    """Post examples to one form; return how many it took."""
    taken = []

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(EXAMPLE)
    def hold(example):
        taken.append(form.post(drawn(example)))

    hold()
    return sum(taken)
