"""What makes signing cheap in a burst must not change what is judged or stored."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from petitions.fitted_fields import SharedFields
from petitions.forms import SignForm, fitted_fields
from petitions.models import Signature
from petitions.settling import today
from petitions.terms import Terms, terms_of
from tests.conftest import council_data

pytestmark = pytest.mark.django_db


def form_for(petition, data=None):
    return SignForm(
        data, petition=petition, wording=petition.wording, terms=terms_of(petition)
    )


def signature_for(petition, **values):
    return Signature(
        petition_id=petition.pk,
        wording_id=petition.wording.pk,
        audience="counted",
        received_on=today(),
        **values,
    )


def test_posted_forms_use_the_same_fields(leeds_petition, keys):
    first, second = (form_for(leeds_petition, council_data()) for _ in range(2))
    assert first.fields["name"] is second.fields["name"]
    assert first.is_valid()


def test_showing_a_form_leaves_the_shared_fields_alone(leeds_petition, keys):
    with translation.override("zh-hant"):
        shown = form_for(leeds_petition)
        assert shown.helper
    assert "聯署" in shown.fields["agree"].label
    assert fitted_fields.of(shown.terms)["agree"].label is None
    assert list(form_for(leeds_petition).fields["audience"].choices) == list(
        Signature.Audience.choices
    )


def test_a_form_shown_after_judging_shows_its_own_labels(leeds_petition, keys):
    form = form_for(leeds_petition, {"name": "王小明"})
    assert not form.is_valid()
    assert form.helper
    assert form["agree"].label.startswith("I sign.")
    assert form["name"].value() == "王小明"


def test_fields_follow_the_terms():
    postal = Terms(
        offers_council=True, asks_postal_address=True, connections=("works",)
    )
    fields = fitted_fields.of(postal)
    assert "postal_address" in fields
    assert [value for value, _label in fields["connection"].choices] == ["works"]
    assert list(fitted_fields.of(Terms(offers_council=False, asks_area=True))) == [
        *("area", "email", "agree", "wording", "anyway", "website")
    ]


def test_own_fields_are_copies():
    shared = SharedFields(SignForm.declared_fields)
    assert shared.own()["name"] is not shared["name"]


def test_a_row_inserted_is_the_row_saved(leeds_petition):
    values = {"email_encrypted": b"\x00\xffsecret", "language": "zh-hant", "tries": 2}
    inserted = signature_for(leeds_petition, **values)
    Signature.objects.insert(inserted)
    saved = signature_for(leeds_petition, **values)
    saved.save()
    own = {"uuid", "nonce"}
    rows = [
        {
            name: bytes(value) if isinstance(value, memoryview) else value
            for name, value in row.items()
            if name not in own
        }
        for row in Signature.objects.values()
    ]
    assert rows[0] == rows[1]
    assert Signature.objects.filter(pk__in=[inserted.pk, saved.pk]).count() == 2
    assert bytes(Signature.objects.get(pk=inserted.pk).nonce) == inserted.nonce


def test_an_insert_obeys_the_constraints(leeds_petition):
    named = signature_for(leeds_petition, sealed=b"a name", connection="lives")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.insert(named)
    assert not Signature.objects.exists()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL compresses"
)
def test_ciphertext_is_stored_without_trying_to_compress_it():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attstorage = 'e' "
            "AND attrelid = 'petitions_signature'::regclass ORDER BY attname"
        )
        assert cursor.fetchall() == [("email_encrypted",), ("sealed",)]
