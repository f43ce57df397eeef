"""Error pages as a real site shows them, which a development site does not."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation

from detwin.refusal import refuse
from front import errors
from tests.journeys.test_pages import LANGUAGES, broken_rules

pytestmark = pytest.mark.journey

PAGES = {
    "400": lambda request: errors.handler400(request, ValueError()),
    "403": lambda request: errors.handler403(request, PermissionError()),
    "404": lambda request: errors.handler404(request, Http404()),
    "429": lambda request: refuse(request, 429, "太多 / Busy", "稍後再試 / Later"),
    "500": errors.handler500,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_page_is_accessible_and_fits_a_narrow_phone(
    site, browser, language
):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    said = []
    page.on("console", lambda message: said.append(message.text))
    for status, answer in PAGES.items():
        address = f"{site.url}/{language}/error-{status}"
        with translation.override(language):
            html = answer(RequestFactory().get(f"/{language}/error-{status}")).content
        page.route(address, fulfilled(html))
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert (status, broken_rules(page)) == (status, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.locator("h1").count() >= 1
    assert said == []
    page.close()


def fulfilled(html):
    """Return what answers a browser's request with a finished page."""
    kind = "text/html; charset=utf-8"
    return lambda route: route.fulfill(body=html, content_type=kind)
