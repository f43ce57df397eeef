"""An organiser's way to the desk, with a passkey of a real browser."""

from __future__ import annotations

import os
import signal
import socket

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Site, Watch, wait_for

pytestmark = pytest.mark.journey

LINK = "Open once, within 24 hours: "
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def strict(site):
    """The same site, served as a real one is: nobody gets in without a passkey."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        strict = Site(site.folder, probe.getsockname()[1])
    strict.environment["DESK_REQUIRE_PASSKEY"] = "true"
    server = ("runserver", "--noreload", "--insecure", f"localhost:{strict.port}")
    process = strict.start(*server)
    wait_for(strict)
    yield strict
    process.send_signal(signal.SIGTERM)
    process.wait(20)


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture
def phone(strict, browser, scheme):
    """A phone 320 px wide with a fingerprint reader."""
    context = browser.new_context(
        viewport={"width": 320, "height": 700},
        base_url=strict.url,
        color_scheme=scheme,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    watch = Watch(page, strict.url)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    assert watch.wrong == []
    context.close()


def link_for(strict, name, *options):
    """Return the link that the console prints."""
    said = strict.manage("make_organiser", name, f"{name}@example.org", *options)
    (line,) = (line for line in said.splitlines() if line.startswith(LINK))
    return line.removeprefix(LINK)


def press(page, text):
    page.get_by_role("button", name=text, exact=True).click()


def check(page):
    """Look at the page with axe, and for sideways scrolling."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert found.response["violations"] == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    if folder := os.environ.get("SHOTS"):
        name = page.url.split("/desk/")[1].replace("/", "-")[:24] or "index"
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def enrol(page, link):
    page.goto(link)
    check(page)
    press(page, "Go on")
    check(page)
    page.get_by_label("Name of this passkey").fill("phone")
    press(page, "Make the passkey")
    page.get_by_role("link", name="Show my passkey").click()
    check(page)
    press(page, "Show my passkey")
    page.wait_for_url("**/desk/access/")
    check(page)


def test_enrol_log_out_log_in_and_reset(strict, phone, scheme):
    name = f"siuming-{scheme}"
    enrol(phone, link_for(strict, name, "--role", "Editor"))
    press(phone, "Make recovery codes")
    check(phone)
    code = phone.locator("ol code").first.inner_text()
    phone.get_by_role("link", name="I have them on paper").click()
    check(phone)
    phone.get_by_role("link", name="To the desk").click()
    phone.get_by_role("heading", name="To do").wait_for()

    phone.goto("/desk/access/")
    press(phone, "Log out")
    check(phone)
    press(phone, "Log in with a passkey")
    phone.wait_for_url("**/desk/")
    phone.goto("/desk/news/article/")
    phone.get_by_role("link", name="Add article").wait_for()

    link = link_for(strict, name, "--reset")
    phone.goto("/desk/")
    phone.wait_for_url("**/desk/login/**")
    phone.goto("/desk/access/recover/?language=zh-hant")
    assert phone.locator("html").get_attribute("lang") == "zh-Hant-HK"
    check(phone)
    phone.goto("/desk/access/recover/?language=en")
    phone.get_by_label("Your name at the desk").fill(name)
    phone.get_by_label("Recovery code").fill(code)
    press(phone, "Go on")
    phone.get_by_text("do not fit").wait_for()
    enrol(phone, link)


def test_a_device_that_fails_says_so_and_keeps_the_page(strict, phone):
    phone.goto("/desk/login/")
    press(phone, "Log in with a passkey")
    phone.get_by_text("did not come through").wait_for(state="visible")
