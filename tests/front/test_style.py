"""The page of components: in each language, on the development site only."""

from __future__ import annotations

import pytest
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from front.style import components, style


def test_production_has_no_such_page(client):
    # Tests run with the addresses of production.
    assert client.get("/dev/style/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("style")


@pytest.mark.parametrize(
    ("query", "tag"),
    [("en", "en-GB"), ("zh-hant", "zh-Hant-HK"), ("zh-hans", "zh-Hans")],
)
def test_it_is_shown_in_the_language_asked_for(query, tag):
    page = shown(f"?language={query}")
    assert f'<html lang="{tag}">' in page
    assert page.count('aria-current="true"') == 1


def test_an_unknown_language_shows_the_readers_own():
    assert '<html lang="en-GB">' in shown("?language=xx")


def test_every_status_and_state_is_there():
    page = shown("")
    sample = components()
    for value, _label in (*sample["statuses"], *sample["states"]):
        assert f'class="st st-{value}"' in page


@pytest.mark.parametrize(
    "part",
    [
        *('class="tally"', "<progress", 'class="chart"', 'class="lapsed"'),
        *('class="key"', 'class="rows stories"', 'class="contents', 'class="found"'),
        *('class="share"', 'class="field copy"', 'class="events"', 'class="trio"'),
    ],
)
def test_every_part_is_there(part):
    assert part in shown("?language=zh-hans")


def test_the_form_stands_empty_and_sent_back():
    page = shown("")
    assert page.count("<form>") == 2
    assert page.count('aria-invalid="true"') >= 4


def shown(query):
    """Return the page, whose address only the development site has."""
    response = style(RequestFactory().get(f"/dev/style/{query}"))
    assert not isinstance(response, TemplateResponse)
    return response.content.decode()
