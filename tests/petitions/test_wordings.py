"""Wordings that cannot be changed once somebody has signed them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from petitions.models import Petition, Signature, Wording


def test_a_wording_can_be_mended_until_somebody_signs(leeds_petition):
    wording = leeds_petition.wording
    wording.title_en = "Mended"
    wording.save()
    assert Wording.objects.get().title_en == "Mended"


@pytest.mark.parametrize(
    "field", ["title_en", "ask_zh_hant", "body_zh_hans", "council_text"]
)
def test_a_wording_is_frozen_once_signed(leeds_petition, sign, field):
    sign()
    wording = Wording.objects.get()
    before = getattr(wording, field)
    setattr(wording, field, "Something else")
    with pytest.raises(ValidationError) as caught:
        wording.save()
    assert caught.value.code == "frozen"
    assert getattr(Wording.objects.get(), field) == before


def test_a_signed_wording_can_be_saved_unchanged(leeds_petition, sign):
    sign()
    Wording.objects.get().save()


def test_a_new_number_stands_beside_the_signed_one(leeds_petition, sign):
    sign()
    Wording.objects.create(petition=leeds_petition, number=2, title_en="Second")
    assert Petition.objects.get().wording.number == 2
    assert Signature.objects.get().wording.number == 1


def test_a_number_stands_once(leeds_petition):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.create(petition=leeds_petition, number=1)


def test_the_digest_covers_every_language(leeds_petition):
    digests = {leeds_petition.wording.sha256}
    for field in ("title_en", "ask_zh_hant", "body_zh_hans", "council_text"):
        wording = Wording.objects.get()
        setattr(wording, field, f"changed {field}")
        wording.save()
        digests.add(wording.sha256)
    assert len(digests) == 5
