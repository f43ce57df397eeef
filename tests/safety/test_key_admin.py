from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import RequestFactory

from safety import audit
from safety.models import AuditEvent, MailDomain, RecipientKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    """Return an organiser who may do all in this room, as far as it allows."""
    user = User.objects.create(username="ada", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    return user


@pytest.fixture
def submit(ada):
    """Return a function that posts an admin form and returns its errors."""

    def post(model, data, row=None):
        page = admin.site.get_model_admin(model)
        request = RequestFactory().post("/", data)
        request.user = ada
        form = page.get_form(request, row, change=row is not None)(data, instance=row)
        if form.is_valid():
            stored = form.save(commit=False)
            page.save_model(request, stored, form, change=row is not None)
        return dict(form.errors)

    return post


def events():
    return list(
        AuditEvent.objects.order_by("number").values_list(
            "actor", "action", "object_label", "reason"
        )
    )


def test_a_domain_is_recorded_by_its_fields_not_their_values(submit):
    submit(MailDomain, {"domain": "new.example", "strip_plus": "on"})
    assert events() == [
        ("ada", "maildomain added", "new.example", "domain, strip_plus")
    ]


def test_domains_are_stored_as_addresses_spell_them(submit):
    data = {"domain": "Bücher.example", "canonical": "BOOKS.example"}
    assert submit(MailDomain, data) == {}
    rule = MailDomain.objects.get(canonical="books.example")
    assert rule.domain == "xn--bcher-kva.example"


def test_a_senseless_domain_is_refused(submit):
    assert list(submit(MailDomain, {"domain": "a b"})) == ["domain"]


def test_deleting_a_domain_is_recorded(ada):
    MailDomain.objects.all().delete()
    MailDomain.objects.create(domain="gone.example")
    request = RequestFactory().post("/")
    request.user = ada
    page = admin.site.get_model_admin(MailDomain)
    page.delete_queryset(request, MailDomain.objects.all())
    assert not MailDomain.objects.exists()
    assert events() == [("ada", "maildomain deleted", "gone.example", "")]


def test_nobody_edits_keys_or_touches_the_audit_trail(ada):
    event = audit.record("ada", "login")
    request = RequestFactory().get("/")
    request.user = ada
    keys = admin.site.get_model_admin(RecipientKey)
    trail = admin.site.get_model_admin(AuditEvent)
    assert not keys.has_change_permission(request)
    assert not keys.has_delete_permission(request)
    assert trail.has_view_permission(request, event)
    assert not trail.has_add_permission(request)
    assert not trail.has_change_permission(request, event)
    assert not trail.has_delete_permission(request, event)
