"""Nothing is lost on a narrow page, with large text, in forced colours, on paper."""

from __future__ import annotations

import pytest

from tests.journeys.test_pages import LANGUAGES, PAGES, broken_rules

pytestmark = pytest.mark.journey

STYLE = "/dev/style/?language={}"
# What shows that an element has the focus: an outline that is drawn.
FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    return [style.outlineStyle, parseFloat(style.outlineWidth) >= 2];
}"""


@pytest.fixture
def narrow(site, browser):
    page = browser.new_page(viewport={"width": 320, "height": 700}, base_url=site.url)
    yield page
    page.close()


def too_wide(page):
    """Return what stands out of a page that scrolls sideways."""
    return page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            return [...document.querySelectorAll("main *, header *, footer *")]
                .filter((e) => e.getBoundingClientRect().right > root.clientWidth)
                .map((e) => e.outerHTML.slice(0, 90));
        }"""
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_on_a_narrow_phone_nor_with_large_text(
    narrow, language
):
    wrong = {}
    for path in (*(f"/{language}/{path}" for path in PAGES), STYLE.format(language)):
        narrow.goto(path)
        plain = too_wide(narrow)
        narrow.evaluate("document.documentElement.style.fontSize = '200%'")
        if found := plain or too_wide(narrow):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("path", ["", "cities/", "cities/leeds/", "trust/"])
def test_what_has_the_focus_can_be_seen(narrow, path):
    narrow.goto(f"/en/{path}")
    for _ in range(14):
        narrow.keyboard.press("Tab")
        assert narrow.evaluate(FOCUSED) == ["solid", True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_is_accessible_in_each_state(narrow, language):
    narrow.goto(STYLE.format(language))
    for scheme in ("light", "dark"):
        narrow.emulate_media(color_scheme=scheme)
        assert broken_rules(narrow) == []


def test_a_status_keeps_its_word_and_shape_in_forced_colours(narrow):
    narrow.emulate_media(forced_colors="active")
    narrow.goto("/en/cities/newcastle-upon-tyne/")
    status = narrow.locator(".tie .st-ended").first
    assert status.inner_text() == "ended"
    shape = status.evaluate("e => getComputedStyle(e, '::before').backgroundColor")
    assert shape not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_a_printed_page_keeps_its_text_and_leaves_out_the_frame(narrow):
    narrow.goto("/en/cities/leeds/")
    narrow.emulate_media(media="print")
    assert narrow.locator(".tie").first.is_visible()
    assert narrow.locator(".glance").is_visible()
    assert not narrow.locator(".site-nav").is_visible()
    assert not narrow.locator(".crumbs").is_visible()
