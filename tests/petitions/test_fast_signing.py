"""What makes signing cheap in a burst must not change what is judged or stored."""

from __future__ import annotations

import pytest
from crispy_forms.utils import render_crispy_form
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


def row_of(petition, **values):
    return {
        "petition_id": petition.pk,
        "wording_id": petition.wording.pk,
        "audience": "counted",
        "received_on": today(),
        **values,
    }


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


def test_a_judged_form_is_bound_anew_when_it_is_shown(leeds_petition, keys):
    form = form_for(leeds_petition, council_data(email="nobody"))
    assert not form.is_valid()
    assert not hasattr(form["name"], "help_text")
    shown = render_crispy_form(form)
    assert form["name"].help_text
    assert 'value="nobody"' in shown


def test_own_fields_are_copies():
    shared = SharedFields(SignForm.declared_fields)
    assert shared.own()["name"] is not shared["name"]


def test_a_row_inserted_is_the_row_saved(leeds_petition):
    values = row_of(
        leeds_petition, email_encrypted=b"\x00\xffsecret", language="zh-hant", tries=2
    )
    Signature.objects.insert(**values)
    Signature.objects.create(**values)
    inserted, saved = Signature.objects.values()
    own = {"uuid", "nonce"}
    assert {name: plain(inserted[name]) for name in inserted.keys() - own} == {
        name: plain(saved[name]) for name in saved.keys() - own
    }
    assert inserted["uuid"] != saved["uuid"]
    assert len({bytes(row["nonce"]) for row in (inserted, saved)}) == 2


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_an_insert_refuses_a_column_that_is_none(leeds_petition):
    with pytest.raises(TypeError, match="petition_slug"):
        Signature.objects.insert(**row_of(leeds_petition, petition_slug="leeds"))
    assert not Signature.objects.exists()


def test_an_insert_obeys_the_constraints(leeds_petition):
    named = row_of(leeds_petition, sealed=b"a name", connection="lives")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.insert(**named)
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
