"""The desk's own pages are whole in each language, and load nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.models import Group
from cities.models import TwinningCandidate
from news.models import Article
from tests.detwin.test_pages_in_chinese import english_in

FIELDS = ("title", "body")
PAGES = [
    "",
    "checks/",
    "checks/?why=weak",
    "decided/",
    "decided/?q=nowhere",
    "decided/leeds/",
    "places/leeds/",
    "import/",
]
# Names of files, columns and programs, which are the same in every language.
SAME = r"twinnings|status|UTF|CSV|Hangzhou|hangzhou|leeds|source_title|id\b"


@pytest.fixture
def in_chinese(monkeypatch):
    """Say which English stands in the part of a page that is ours."""

    def found(response):
        page = response.content.decode()
        ours = page.partition('<div id="content-main">')[2].partition(
            "<!-- END Content"
        )[0]
        assert ours
        words = english_in(f'<html lang="zh-Hant"><p>{ours}')
        return [word for word in words if not re.search(SAME, word)]

    return found


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_desk_is_in_chinese(
    desk, leeds_petition, in_chinese, language, page
):
    join = "&" if "?" in page else "?"
    response = desk.get(f"/desk/record/{page}{join}language={language}")
    assert in_chinese(response) == []


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_the_translation_desk_is_in_chinese(desk, in_chinese, language):
    whole = {f"{field}_zh_{kind}": "x" for field in FIELDS for kind in ("hant", "hans")}
    article = Article.objects.create(slug="a", title_en="議", body_en="議", **whole)
    article.body_en = "議會"
    article.save()
    Article.objects.create(slug="b", title_zh_hant="乙")
    Group.objects.create(name_zh_hant="團體")
    response = desk.get(f"/desk/translations/?language={language}")
    assert [word for word in in_chinese(response) if word != "English"] == []


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_a_candidate_is_decided_in_chinese(desk, leeds, in_chinese, language):
    row = TwinningCandidate.objects.create(
        place_name="列斯", country="GB", chinese_name="太原", found_in="名單"
    )
    path = f"/desk/record/candidates/{row.pk}/?language={language}"
    assert in_chinese(desk.get(path)) == []
    assert in_chinese(desk.post(path, {"action": "accept"})) == []
    assert in_chinese(desk.post(path, {"action": "reject"})) == []


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_complaints_are_in_chinese(desk, leeds, in_chinese, language):
    desk.get(f"/desk/record/?language={language}")
    assert in_chinese(desk.post("/desk/record/decided/leeds/", {})) == []
    assert in_chinese(desk.post("/desk/record/import/", {})) == []
    text = desk.get("/desk/record/export/status-events.csv").content.decode()
    file = SimpleUploadedFile("x.csv", text.replace("2026-02", "2026-99").encode())
    response = desk.post(
        "/desk/record/import/", {"kind": "status-events", "file": file}
    )
    assert [w for w in in_chinese(response) if "happened" not in w] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_from_elsewhere(desk, leeds_petition, page):
    text = desk.get(f"/desk/record/{page}").content.decode()
    for attribute in ('src="http', 'src="//', '<link rel="stylesheet" href="http'):
        assert attribute not in text


def test_the_desks_first_page_leads_to_the_record(desk, leeds):
    text = desk.get("/desk/").content.decode()
    for path in ("/desk/record/", "/desk/record/decided/", "/desk/record/import/"):
        assert f'href="{path}"' in text
