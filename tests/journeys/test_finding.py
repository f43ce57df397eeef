"""Finding one's city, telling us of a missing one, and what hangs at a stall."""

from __future__ import annotations

import re

import pytest

from tests.journeys.test_pages import broken_rules

pytestmark = pytest.mark.journey

QUERIES = {"en": "Newcastle u", "zh-hant": "紐卡素", "zh-hans": "纽卡斯尔"}
NEWCASTLE = "cities/newcastle-upon-tyne/"


@pytest.mark.parametrize("language", QUERIES)
@pytest.mark.parametrize("query", QUERIES.values())
def test_the_search_finds_newcastle_in_any_script(phone, language, query):
    phone.goto(f"/{language}/")
    phone.fill("#q", query)
    phone.press("#q", "Enter")
    phone.click(f"main a[href='/{language}/{NEWCASTLE}']")
    phone.wait_for_url(f"**/{language}/{NEWCASTLE}")


@pytest.mark.parametrize("query", QUERIES.values())
def test_a_name_is_chosen_by_keyboard_while_typing(laptop, query):
    laptop.goto("/zh-hant/")
    laptop.type("#q", query)
    box = laptop.locator("#q[role=combobox]")
    laptop.wait_for_selector("#q[aria-expanded=true]")
    assert laptop.inner_text(".found [role=status]")
    rows = laptop.locator(".found [role=option]").all_inner_texts()
    wanted = next(number for number, row in enumerate(rows) if "英國" in row)
    for _ in range(wanted + 1):
        laptop.keyboard.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    assert laptop.locator("[aria-selected=true]").get_attribute("id") == chosen
    laptop.keyboard.press("Enter")
    laptop.wait_for_url(f"**/zh-hant/{NEWCASTLE}")


def test_a_name_is_chosen_by_touch(site, browser):
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, base_url=site.url
    )
    page = context.new_page()
    page.goto("/en/")
    page.type("#q", "Leeds")
    page.locator(".found [role=option]", has_text="Leeds").first.tap()
    page.wait_for_url("**/en/cities/leeds/")
    context.close()


def test_escape_closes_the_names_and_keeps_what_was_typed(laptop):
    laptop.goto("/en/cities/")
    laptop.type("#q", "Leeds")
    laptop.wait_for_selector(".found [role=option]")
    laptop.keyboard.press("Escape")
    assert laptop.locator(".found [role=option]").count() == 0
    assert laptop.get_attribute("#q", "aria-expanded") == "false"
    assert laptop.input_value("#q") == "Leeds"
    laptop.keyboard.press("ArrowDown")
    laptop.wait_for_selector(".found [role=option]")


def test_the_arrows_go_round_through_the_box_itself(laptop):
    laptop.goto("/en/")
    laptop.type("#q", "Newcastle")
    laptop.wait_for_selector(".found [role=option]")
    laptop.keyboard.press("ArrowUp")
    last = laptop.locator(".found [role=option]").last
    assert last.get_attribute("aria-selected") == "true"
    laptop.keyboard.press("ArrowDown")
    assert laptop.locator("[aria-selected=true]").count() == 0


def asked_of(page):
    """Return what the page asks for names, from now on."""
    asked = []

    def note(request):
        if "find.json" in request.url:
            asked.append(request.url.rpartition("/")[2])

    page.on("request", note)
    return asked


def test_only_what_means_something_is_asked_for(laptop):
    asked = asked_of(laptop)
    laptop.goto("/en/")
    laptop.type("#q", "l")
    laptop.wait_for_timeout(400)
    assert asked == []
    laptop.fill("#q", "")
    laptop.type("#q", "leeds", delay=20)
    laptop.wait_for_selector(".found [role=option]")
    assert asked == ["find.json?q=leeds"]


def test_nothing_is_asked_for_while_an_input_method_composes(laptop):
    asked = asked_of(laptop)
    laptop.goto("/zh-hant/")
    laptop.focus("#q")
    keyboard = laptop.context.new_cdp_session(laptop)
    composing = {"selectionStart": 2, "selectionEnd": 2}
    keyboard.send("Input.imeSetComposition", {"text": "ㄋㄧ", **composing})
    laptop.wait_for_timeout(400)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "紐卡素"})
    laptop.wait_for_selector(".found [role=option]")
    assert len(asked) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_names_are_accessible_on_a_narrow_phone(site, browser, scheme):
    page = browser.new_page(viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page.goto(f"{site.url}/zh-hant/")
    page.type("#q", "leads")
    page.wait_for_selector(".found [role=option]")
    page.keyboard.press("ArrowDown")
    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    heights = [row.bounding_box()["height"] for row in page.locator(".found li").all()]
    assert min(heights) >= 44
    page.close()


def test_names_appear_without_moving_the_page(laptop):
    laptop.goto("/en/")
    before = laptop.locator("h2").first.bounding_box()
    laptop.type("#q", "Leeds")
    laptop.wait_for_selector(".found [role=option]")
    assert laptop.locator("h2").first.bounding_box() == before


def test_another_language_keeps_the_query(phone):
    phone.goto("/en/cities/?q=Newcastle&country=GB")
    phone.click("header a[hreflang=zh-Hant-HK]")
    phone.wait_for_url("**/zh-hant/cities/?q=Newcastle&country=GB")
    assert phone.input_value("#q") == "Newcastle"
    assert phone.locator(f"a[href='/zh-hant/{NEWCASTLE}']").count() == 1


@pytest.mark.parametrize("language", QUERIES)
def test_who_finds_nothing_tells_us(phone, language):
    phone.goto(f"/{language}/cities/?q=Qwertzuiop")
    phone.click("main a[href*='/cities/missing/']")
    assert phone.input_value("[name=name]") == "Qwertzuiop"
    phone.click("#missing [type=submit]")
    assert phone.locator(".errors a").count() == 1
    phone.fill("[name=country]", "Atlantis")
    phone.click("#missing [type=submit]")
    phone.wait_for_url(f"**/{language}/cities/missing/thanks/")
    assert phone.locator(f"main a[href='/{language}/petitions/world/']").count() == 1


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-GB", "en"), ("zh-HK", "zh-hant"), ("zh-CN", "zh-hans")],
)
def test_a_scan_at_a_stall_leads_to_the_petition(site, browser, locale, language):
    context = browser.new_context(locale=locale, base_url=site.url)
    page = context.new_page()
    page.goto("/q/leeds")
    assert page.url == f"{site.url}/{language}/petitions/leeds/?from=qr"
    assert context.cookies() == []
    context.close()


# The longest titles, a council with rules of its own, and a petition without one.
PAPER = [
    *("leeds/poster", "kirishima/poster", "salaberry-de-valleyfield/poster"),
    *("world/poster", "leeds/sheet", "sheffield/sheet"),
    *("kirishima/sheet", "salaberry-de-valleyfield/sheet"),
]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("path", PAPER)
def test_posters_and_sheets_print_on_one_page(laptop, path, paper):
    for language in QUERIES:
        laptop.goto(f"/{language}/petitions/{path}/")
        printed = laptop.pdf(
            format=paper,
            margin={"top": "12mm", "bottom": "12mm", "left": "14mm", "right": "14mm"},
        )
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, language


def test_a_poster_shows_its_code_and_nothing_of_the_site_around_it(laptop):
    laptop.goto("/en/petitions/leeds/poster/")
    laptop.emulate_media(media="print")
    width = laptop.evaluate("document.querySelector('.qr').naturalWidth")
    assert width > 0
    assert not laptop.is_visible(".site-head")
    assert not laptop.is_visible(".site-foot")
    assert not laptop.is_visible(".print-note")
