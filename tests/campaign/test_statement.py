"""The versions of the joint statement: each keeps its text and its address."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.conf import settings
from django.core.cache import caches

from campaign import statement
from campaign.models import StatementSignature
from tests.campaign.test_groups import DAY, LANGUAGES, make_group

# Groups sign a text. A changed one needs three new files with the next number.
TEXTS = {
    "statement-1.en.html": "4d63fbc384bf73a2945366b6812a0b10687b74ef6eb2f9685aa46d8c5c1cdaf4",
    "statement-1.zh-hans.html": "9cd33676d43575243b53545f923e1d3ec44053900e7a37ae12831151bc97e431",
    "statement-1.zh-hant.html": "2ddff195e59a67fe8cbba9d81cb2edeff8890d4efd7c8205d40de97904522d67",
}


def test_no_text_that_groups_may_have_signed_is_changed():
    folder = settings.BASE_DIR / "templates/front/prose"
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("statement-*"))
    }
    assert found == TEXTS


def test_every_version_has_its_day_and_its_texts():
    numbers = {int(name.split(".")[0].partition("-")[2]) for name in TEXTS}
    assert numbers == set(statement.DATES)
    assert max(numbers) == statement.VERSION


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_has_an_address_that_lasts(client, db, language):
    group = make_group()
    StatementSignature.objects.create(group=group, version=1, signed_on=DAY)
    newest = client.get(f"/{language}/campaign/")
    lasting = client.get(f"/{language}/campaign/statement/1/")
    assert lasting.context["prose"] == newest.context["prose"]
    assert [s.group for s in lasting.context["signatures"]] == [group]
    assert f'href="/{language}/campaign/statement/1/"' in newest.content.decode()


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x"])
def test_a_version_that_does_not_exist_is_not_found(client, db, number):
    assert client.get(f"/en/campaign/statement/{number}/").status_code == 404


@pytest.fixture
def second(monkeypatch):
    """A second version, which says the same."""
    monkeypatch.setitem(statement.DATES, 2, datetime.date(2026, 12, 1))
    monkeypatch.setattr(
        "front.campaign_pages.prose_context",
        lambda request, page, file: {"title": "The campaign", "prose": file},
    )


def test_who_signed_an_older_version_has_not_signed_the_newer(client, db, second):
    for name, versions in {"Old": [1], "Both": [1, 2], "New": [2]}.items():
        group = make_group(name)
        for version in versions:
            StatementSignature.objects.create(
                group=group, version=version, signed_on=DAY
            )
    page = client.get("/en/campaign/statement/2/")
    assert [s.group.name for s in page.context["signatures"]] == ["Both", "New"]
    assert [s.group.name for s in page.context["earlier"]] == ["Old"]
    assert "Groups that signed an earlier version" in page.content.decode()
    caches["pages"].clear()
    old = client.get("/en/campaign/statement/1/")
    assert [s.group.name for s in old.context["signatures"]] == ["Old", "Both"]
    assert old.context["earlier"] == []


def test_a_newer_version_nobody_signed_is_a_draft(client, db, second):
    StatementSignature.objects.create(group=make_group(), version=1, signed_on=DAY)
    page = client.get("/en/campaign/statement/2/").content.decode()
    assert "Draft, adopted by no group yet." in page
    assert "Version 2 of 1 December 2026" in page
