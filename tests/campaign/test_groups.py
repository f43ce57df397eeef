"""Groups are named only when they agreed; the statement says who signed it."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction

from campaign.models import Group, StatementSignature
from campaign.statement import VERSION

LANGUAGES = ["en", "zh-hant", "zh-hans"]
DAY = datetime.date(2026, 11, 1)


def make_group(name="Canary Friends", **values):
    values = {"state": "approved", "agreed_on": DAY, **values}
    return Group.objects.create(
        name_en=name, name_zh_hant="之友", name_zh_hans="之友", **values
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["campaign/", "campaign/groups/", "campaign/groups/?place=leeds"]
)
def test_without_groups_the_pages_say_so(client, leeds, language, path):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("state", ["new", "left"])
@pytest.mark.parametrize("path", ["campaign/", "campaign/groups/", "cities/leeds/"])
def test_only_approved_groups_are_named(client, leeds, state, path):
    group = make_group("Hidden Canary", state=state, place=leeds, contact="Secret")
    StatementSignature.objects.create(group=group, version=VERSION, signed_on=DAY)
    assert "Hidden Canary" not in client.get(f"/en/{path}").content.decode()
    shown = make_group("Shown", place=leeds, contact="Secret 7")
    StatementSignature.objects.create(group=shown, version=VERSION, signed_on=DAY)
    caches["pages"].clear()
    page = client.get(f"/en/{path}").content.decode()
    assert ("Shown" in page, "Secret" in page) == (True, False)


def test_no_group_is_approved_without_its_consent(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_group(agreed_on=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_asks_for_the_consent(desk, language):
    desk.get(f"/desk/?language={language}")
    data = {"name_en": "Canary", "state": "approved"}
    data |= {"signatures-TOTAL_FORMS": 0, "signatures-INITIAL_FORMS": 0}
    response = desk.post("/desk/campaign/group/add/", data)
    ((field, (said,)),) = response.context["adminform"].form.errors.items()
    assert field == "agreed_on"
    assert any(letter >= "\u4e00" for letter in said) == (language != "en")
    desk.post("/desk/campaign/group/add/", {**data, "agreed_on": "2026-11-01"})
    assert Group.objects.listed().get().name_en == "Canary"


def test_the_statement_is_a_draft_until_a_group_signs_this_version(client, db):
    draft = "Draft, adopted by no group yet."
    group = make_group()
    old = StatementSignature.objects.create(
        group=group, version=VERSION + 1, signed_on=DAY
    )
    assert draft in client.get("/en/campaign/").content.decode()
    old.version = VERSION
    old.save()
    caches["pages"].clear()
    page = client.get("/en/campaign/").content.decode()
    assert (draft in page, "1 group signed this statement." in page) == (False, True)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", ["campaign/", "campaign/groups/"])
def test_the_pages_take_one_query(client, leeds, django_assert_num_queries, rows, path):
    for number in range(rows):
        group = make_group(f"Group {number}", place=leeds)
        StatementSignature.objects.create(group=group, version=VERSION, signed_on=DAY)
    with django_assert_num_queries(1):
        client.get(f"/en/{path}")
