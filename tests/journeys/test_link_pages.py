"""What a mailed link, a typed code and a new link lead to: every step accessible."""

from __future__ import annotations

import pytest

from tests.journeys.test_pages import broken_rules
from tests.journeys.test_signing import LANGUAGES, link_in, sign_as

pytestmark = pytest.mark.journey


def assert_fit(page, step):
    """Hold a step in light and dark on a narrow phone."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert (step, broken_rules(page)) == (step, [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_behind_a_link_is_accessible(site, browser, language):
    page = browser.new_page(viewport={"width": 320, "height": 700}, base_url=site.url)
    address = f"steps.{language}@example.com"
    sign_as(page, language, address, name="王小明")
    link = link_in(site.mails_to(address, 1)[0])
    page.goto(link)
    assert_fit(page, "confirm")
    page.click("button[value=confirm]")
    assert_fit(page, "done")
    page.goto(link)
    assert_fit(page, "manage")
    page.click("button[value=withdraw]")
    assert_fit(page, "withdrawn")
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_after_signing_is_answered_accessibly(site, browser, language):
    page = browser.new_page(viewport={"width": 320, "height": 700}, base_url=site.url)
    for form, field, typed in (
        ("code", "code", "AAAA1111"),
        ("link", "email", "a@b.org"),
    ):
        page.goto(f"/{language}/petitions/leeds/thanks")
        page.fill(f"form[action$='/{form}'] input[name={field}]", typed)
        page.click(f"form[action$='/{form}'] [type=submit]")
        page.wait_for_url(f"**/{form}")
        assert_fit(page, form)
    page.close()
