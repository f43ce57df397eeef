"""Pages that are one long text."""

from __future__ import annotations

import pytest

PAGES = [
    "trust/",
    "trust/privacy/",
    "trust/counting/",
    "trust/corrections/",
    "trust/accessibility/",
    "trust/contact/",
    "trust/complaints/",
    "campaign/",
]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_prose_exists_in_each_language(client, db, language, page):
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    name = response.context["prose_template"]
    assert name.endswith(f".{language}.html")
    assert name in [template.name for template in response.templates]


def test_prose_may_be_kept_and_carries_no_cookie(client):
    response = client.get("/en/trust/")
    assert response["Cache-Control"].startswith("public, max-age=")
    assert not response.cookies


def test_a_long_page_lists_its_contents_and_a_short_one_does_not(client, db):
    contents = client.get("/en/trust/").context["contents"]
    assert contents[0] == ("in-short", "In short")
    assert client.get("/en/campaign/").context["contents"] == []
