"""The petition page in each of its states, as a browser shows it."""

from __future__ import annotations

import pytest

from tests.journeys.test_pages import LANGUAGES, broken_rules

pytestmark = pytest.mark.journey

# What becomes of which petition: state, outcome of the reply.
STATES = {
    "birmingham": ("closed", ""),
    "manchester": ("handed_in", ""),
    "liverpool": ("answered", "partly"),
    "cardiff": ("won", "won"),
    "bristol": ("refused", "refused"),
}
SETUP = """
import datetime
from cities.models import Council, PetitionRules
from django.utils import timezone
from petitions.models import CouncilReply, HandIn, Petition
today = timezone.now().date()
for slug, (state, outcome) in {states!r}.items():
    found = Petition.objects.filter(slug=slug)
    found.update(state=state, supporters=1300, council_valid_told=900, paper=40)
    if state != "closed":
        hand_in = HandIn.objects.create(petition=found.get(), day=today, way="post")
    if outcome:
        CouncilReply.objects.create(
            hand_in=hand_in, day=today, outcome=outcome, words_en="We have decided.",
            words_zh_hant="議會已決定。", words_zh_hans="议会已决定。",
            source="https://example.org/minutes",
        )
council = Council.objects.get(place__slug="york")
PetitionRules.objects.update_or_create(
    council=council, defaults={{"takes_outside_petitions": "no"}}
)
Petition.objects.filter(slug="swansea").update(
    supporters=123456, council_valid_told=120000, paper=4000, in_person=200
)
"""
# No rules known; rules with postal address and bar; refuses outside petitions; large
# figures; only counted; no petition at all.
OPEN = ("leeds", "sheffield", "york", "swansea", "world", "gb", "newcastle-upon-tyne")


@pytest.fixture(scope="module")
def states(site):
    """Bring some petitions into every state."""
    site.manage("shell", "-v0", "-c", SETUP.format(states=STATES))
    return site


@pytest.fixture
def opened(states, browser):
    """Open a page of a given size, with or without JavaScript."""
    contexts = []

    def opens(path, width=320, height=700, script=True):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            base_url=states.url,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    yield opens
    for context in contexts:
        context.close()


def judged(page):
    """Return what axe finds in light and dark, and how wide the page is at 320 px."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += broken_rules(page)
    return found, page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_accessible_and_fits_a_narrow_phone(opened, language):
    page = opened(f"/{language}/petitions/")
    for slug in (*OPEN, *STATES):
        page.goto(f"/{language}/petitions/{slug}/")
        assert (slug, *judged(page)) == (slug, [], 320)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_to_a_form_is_accessible_too(opened, language):
    page = opened(f"/{language}/petitions/sheffield/")
    page.check("[name=audience][value=council]")
    assert judged(page) == ([], 320)
    page.click("#sign [type=submit]")
    assert judged(page) == ([], 320)
    page.goto(f"/{language}/petitions/sheffield/")
    page.check("[name=audience][value=counted]")
    page.fill("#sign [name=email]", "siuming@qq.com")
    page.check("[name=agree]")
    page.click("#sign [type=submit]")
    page.wait_for_selector(".errors:focus")
    assert judged(page) == ([], 320)
    page.click("#sign [type=submit]")
    page.wait_for_url("**/thanks")
    assert judged(page) == ([], 320)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_broken_in_two(opened, language):
    page = opened(f"/{language}/petitions/swansea/")
    figures = page.locator(".tally b")
    assert figures.count() == 4
    line = figures.last.bounding_box()["height"]
    assert {one.bounding_box()["height"] for one in figures.all()} == {line}


def inner_scroll(page):
    """Return the elements of the page that scroll inside themselves."""
    return page.evaluate(
        """[...document.querySelectorAll("main *")].filter(one =>
            one.scrollHeight > one.clientHeight + 1 && one.tagName != "TEXTAREA" &&
            /auto|scroll/.test(getComputedStyle(one).overflowY)
        ).map(one => one.className)"""
    )


@pytest.mark.parametrize("slug", ["leeds", "sheffield", "world"])
@pytest.mark.parametrize("height", [600, 720, 900])
def test_on_a_laptop_the_form_never_scrolls_inside_itself(opened, slug, height):
    page = opened(f"/en/petitions/{slug}/", 1280, height)
    for _ in range(2):
        assert inner_scroll(page) == []
        if slug != "world":
            page.check("[name=audience][value=council]")


def scrolled(page, down=900):
    """Scroll down; return where the form and its first radio button then are."""
    page.evaluate(f"window.scrollTo({{top: {down}, behavior: 'instant'}})")
    page.wait_for_timeout(100)
    return page.locator(".sign-box").bounding_box()


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_whole_form_fits_it_stays_beside_the_text(opened, language):
    page = opened(f"/{language}/petitions/leeds/", 1280, 860)
    box = scrolled(page)
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 860
    assert not page.locator(".bar").is_visible()


@pytest.mark.parametrize("slug", ["leeds", "sheffield"])
def test_nothing_moves_under_the_hand_when_the_form_grows(opened, slug):
    page = opened(f"/en/petitions/{slug}/", 1280, 860)
    before = scrolled(page)["y"]
    page.check("[name=audience][value=council]")
    assert abs(page.locator(".sign-box").bounding_box()["y"] - before) <= 1
    assert page.locator("[name=name]").bounding_box()["y"] < 860
    page.locator("#sign [type=submit]").scroll_into_view_if_needed()
    assert page.locator("#sign [type=submit]").bounding_box()["y"] < 860 - 48


@pytest.mark.parametrize(("height", "script"), [(720, True), (860, False)])
def test_where_it_does_not_the_bar_leads_back_to_it(opened, height, script):
    page = opened("/en/petitions/sheffield/", 1280, height, script)
    assert scrolled(page, 2000)["y"] < -800
    page.click(".bar .button")
    page.wait_for_timeout(300)
    assert page.locator("[name=audience]").first.is_visible()
    assert 0 <= page.locator("[name=audience]").first.bounding_box()["y"] < height


@pytest.mark.parametrize("width", [360, 1280])
def test_type_and_fields_are_large_enough_to_read_and_to_hit(opened, width):
    page = opened("/en/petitions/sheffield/", width, 900)
    page.check("[name=audience][value=council]")
    sizes = page.evaluate(
        """[...document.querySelectorAll("#sign label, #sign legend")].filter(
            one => !one.closest(".hp")
        ).map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert min(sizes) >= 17
    fields = page.locator("#sign :is(input:not([type=radio], [type=checkbox]), button)")
    heights = [one.bounding_box()["height"] for one in fields.all() if one.is_visible()]
    assert min(heights) >= 48


@pytest.mark.parametrize("script", [True, False])
def test_the_bar_leads_to_the_form_and_leaves_it_alone(opened, script):
    page = opened("/en/petitions/leeds/", 360, 740, script)
    page.evaluate("window.scrollTo(0, 3000)")
    page.wait_for_selector(".bar", state="visible")
    page.click(".bar .button")
    page.wait_for_timeout(300)
    assert page.locator("[name=audience]").first.is_visible()
    page.focus("#sign [name=email]")
    assert not page.locator(".bar").is_visible()


def test_without_script_the_share_step_is_links_and_an_address(opened):
    page = opened("/en/petitions/leeds/thanks", 360, 740, script=False)
    assert page.locator(".share a:visible").count() == 3
    assert page.locator(".pass-on button:visible").count() == 0
    assert page.input_value("#share-url").endswith("/en/petitions/leeds/?from=copy")


def test_with_script_the_address_is_copied_and_says_so(opened):
    page = opened("/en/petitions/leeds/thanks", 360, 740)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    page.wait_for_selector("#share-said:text-is('Copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.input_value("#share-url")


def test_a_browser_that_can_share_is_offered_it(opened):
    page = opened("/en/petitions/leeds/thanks", 360, 740)
    assert not page.locator("[data-share]").is_visible()
    page.add_init_script("navigator.share = async data => { window.shared = data }")
    page.reload()
    page.click("[data-share]")
    shared = page.evaluate("window.shared")
    assert shared["url"].endswith("/en/petitions/leeds/?from=share")
    assert "sign" not in shared["text"]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_script_has_run(opened, width):
    page = opened("/en/petitions/leeds/thanks", width, 740)
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    page.reload()
    page.wait_for_timeout(500)
    assert page.locator("[data-copy]").is_visible()
    assert page.evaluate("window.moved") == 0
