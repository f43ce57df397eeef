"""Pages that are one long text."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command

PAGES = [
    "trust/",
    "trust/privacy/",
    "trust/counting/",
    "trust/corrections/",
    "trust/accessibility/",
    "trust/contact/",
    "trust/complaints/",
    "campaign/",
    "campaign/start/",
    "about/",
    "faq/",
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


TEXTS = ["trust", "privacy", "complaints", "contact", "accessibility", "counting"]
TEXTS += ["about", "faq", "start", "statement-1"]
LINKING = ["about/", "faq/", "campaign/start/", "campaign/"]


def parts_of(page, language):
    """Return headings, links and table labels of a text, whatever its language."""
    folder = settings.BASE_DIR / "templates/front/prose"
    text = (folder / f"{page}.{language}.html").read_text("utf-8")
    links = re.findall(r'href="([^"]+)"', text)
    return (
        re.findall(r'<h2 id="([^"]+)"', text),
        [link.replace(f"/{language}/", "/en/") for link in links],
        text.count("<td data-label="),
    )


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("page", TEXTS)
def test_headings_and_links_are_the_same_in_each_language(page, language):
    assert parts_of(page, language) == parts_of(page, "en")


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("page", ["trust/", "trust/privacy/", "trust/contact/"])
def test_who_is_responsible_is_named(client, settings, language, page):
    settings.CONTROLLER_NAME = "Example Campaign"
    settings.CONTROLLER_ADDRESS = "1 Example Street, Leeds"
    text = client.get(f"/{language}/{page}").content.decode()
    assert "Example Campaign" in text and "1 Example Street, Leeds" in text


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("page", LINKING)
def test_links_of_ours_stay_in_the_readers_language(client, db, language, page):
    links = links_of_ours(client, language, page)
    assert len(links) > 0
    assert all(link.startswith(f"/{language}/") for link in links)


def test_every_link_of_ours_leads_somewhere(client, db):
    for command in ("load_record", "load_joint_actions", "load_articles"):
        call_command(command, verbosity=0)
    links = set().union(*(links_of_ours(client, "en", page) for page in LINKING))
    assert len(links) > 20
    assert [link for link in links if client.get(link).status_code != 200] == []


def links_of_ours(client, language, page):
    text = client.get(f"/{language}/{page}").context["prose"]
    return set(re.findall(r'href="(/[^"#]+)', text))


def test_what_organisers_must_replace_is_marked_until_they_do(client, db, settings):
    settings.CONTROLLER_NAME = ""
    assert "Sample, to be replaced" in client.get("/en/about/").context["prose"]
    settings.CONTROLLER_NAME = "Example Campaign"
    caches["pages"].clear()
    text = client.get("/en/about/").context["prose"]
    assert ("Sample, to be replaced" in text, "Example Campaign" in text) == (
        False,
        True,
    )
