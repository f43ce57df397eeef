from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import RequestFactory

from safety import audit
from safety.models import AuditEvent, MailDomain, RecipientKey
from safety.sealing import public_key_of

pytestmark = pytest.mark.django_db

HOLDER, OTHER = (public_key_of(bytes([number]) * 32) for number in (1, 2))
NEW_KEY = {"public_text": HOLDER.to_text(), "holder": "Key holder", "active": "on"}


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


def test_adding_a_key_is_recorded(submit):
    assert submit(RecipientKey, NEW_KEY) == {}
    key = RecipientKey.objects.get()
    assert key.key_id == HOLDER.key_id.hex()
    assert events() == [("ada", "recipientkey added", str(key), "public_text, holder")]


def test_a_text_that_is_no_key_is_not_stored(submit):
    assert list(submit(RecipientKey, NEW_KEY | {"public_text": "AAAA"})) == [
        "public_text"
    ]
    assert not RecipientKey.objects.exists()
    assert events() == []


def test_a_stored_keys_text_cannot_be_swapped(submit):
    submit(RecipientKey, NEW_KEY)
    swapped = {"public_text": OTHER.to_text(), "holder": "Key holder"}
    submit(RecipientKey, swapped, RecipientKey.objects.get())
    key = RecipientKey.objects.get()
    assert (key.public_key(), key.active) == (HOLDER, False)
    assert events()[-1][1:] == ("recipientkey changed", str(key), "active")


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


def test_nobody_deletes_keys_or_touches_the_audit_trail(ada):
    event = audit.record("ada", "login")
    request = RequestFactory().get("/")
    request.user = ada
    keys = admin.site.get_model_admin(RecipientKey)
    trail = admin.site.get_model_admin(AuditEvent)
    assert keys.has_add_permission(request)
    assert not keys.has_delete_permission(request)
    assert trail.has_view_permission(request, event)
    assert not trail.has_add_permission(request)
    assert not trail.has_change_permission(request, event)
    assert not trail.has_delete_permission(request, event)
