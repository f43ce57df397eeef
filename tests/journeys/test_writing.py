"""An editor writes in two languages, adds a picture and schedules; it comes by itself."""

from __future__ import annotations

import datetime
import time
import xml.etree.ElementTree as ElementTree

import pytest

from tests.journeys.conftest import Watch
from tests.journeys.test_desk import DEVICE, check, link_for, press
from tests.news.picture_samples import CANARY, noted
from tests.news.xss_corpus import ATTACKS, EVIL

pytestmark = pytest.mark.journey

SECONDS_AHEAD = 6
SEEN_IN = [
    "/en/news/",
    "/zh-hant/news/feed.rss",
    "/en/news/feed.atom",
    "/sitemap.xml",
    "/en/cities/leeds/",
]
LANGUAGES = ("en", "zh-hant", "zh-hans")


@pytest.fixture
def editor(site, browser):
    """A browser of an organiser with the role Editor, who came in by passkey."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=site.url
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(link_for(site, "wing", "--role", "Editor"))
    press(page, "Go on")
    page.get_by_label("Name of this passkey").fill("laptop")
    press(page, "Make the passkey")
    page.get_by_role("link", name="Show my passkey").click()
    press(page, "Show my passkey")
    page.wait_for_url("**/desk/")
    watch = Watch(page, site.url)
    yield page
    assert watch.wrong == []
    context.close()


@pytest.fixture
def reader(site, browser):
    """A reader's page without script; nothing of it may come from elsewhere."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    watch = Watch(page, site.url)
    yield page
    assert watch.wrong == []
    assert context.cookies() == []
    context.close()


def test_an_article_with_a_picture_is_scheduled_and_appears(site, editor, reader):
    editor.goto("/desk/news/article/add/")
    editor.locator("#id_title_en").fill("A stall in Leeds")
    editor.locator("#id_body_en").fill("## What happens\n\nCome and sign.")
    editor.locator("#id_title_zh_hant").fill("列斯街站")
    editor.locator("#id_body_zh_hant").fill("議會將會投票，歡迎聯署。")
    choose(editor, "place", "Leeds")
    add_picture(editor)
    press(editor, "Save and continue editing")

    assert editor.locator("#id_title_zh_hans").input_value() == "列斯街站"
    simplified = editor.locator("#id_body_zh_hans").input_value()
    assert simplified == "议会将会投票，欢迎联署。"
    reader.goto(editor.get_by_role("link", name="繁體中文").get_attribute("href"))
    reader.get_by_text("預覽，尚未發佈").wait_for()
    assert listed(site) == []

    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(
        seconds=SECONDS_AHEAD
    )
    editor.locator("#id_publish_at_0").fill(f"{soon:%Y-%m-%d}")
    editor.locator("#id_publish_at_1").fill(f"{soon:%H:%M:%S}")
    press(editor, "Save")
    editor.get_by_text("was changed successfully").wait_for()
    assert datetime.datetime.now(datetime.UTC) < soon, "this machine is too slow"
    assert listed(site) == []
    wait_until_listed(site)
    assert datetime.datetime.now(datetime.UTC) >= soon

    for code in LANGUAGES:
        reader.goto(f"/{code}/news/a-stall-in-leeds/")
        width = "document.querySelector('figure img').naturalWidth"
        assert reader.locator("figure img").get_attribute("alt")
        assert reader.evaluate(width) > 0
    assert reader.locator(".prose").first.inner_text() == simplified
    source = reader.locator("figure img").get_attribute("src")
    assert CANARY not in reader.request.get(source).body()
    editor.goto("/en/news/a-stall-in-leeds/")
    check(editor)

    harmless(editor)


def choose(page, field, text):
    """Choose a row in one of the desk's fields that look rows up."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def add_picture(page):
    """Upload a picture in the window that the article's form opens."""
    with page.expect_popup() as opened:
        page.locator("#add_id_lead_picture").click()
    window = opened.value
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": noted()}
    window.locator("#id_file").set_input_files(file)
    window.locator("#id_alt_en").fill("Two people at a table with a banner")
    window.locator("#id_alt_zh_hant").fill("兩人站在掛有橫額的桌旁")
    window.locator("#id_credit").fill("Photo: a volunteer")
    window.locator("#id_licence").select_option("cc-by")
    press(window, "Save")
    window.get_by_text("Without this the picture cannot").wait_for()
    assert window.locator("#id_credit").input_value() == "Photo: a volunteer"
    window.locator("#id_file").set_input_files(file)
    window.locator("#id_people_agreed").check()
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    page.locator(".field-lead_picture", has_text="Two people at a table").wait_for()


def listed(site):
    """Return the public addresses that lead to the article by now."""
    return [path for path in SEEN_IN if "a-stall-in-leeds" in site.fetch(path)]


def wait_until_listed(site):
    """Wait until it is everywhere, and check that the feeds are whole."""
    for _ in range(100):
        if listed(site) == SEEN_IN:
            break
        time.sleep(0.2)
    assert listed(site) == SEEN_IN
    for path in SEEN_IN[1:4]:
        ElementTree.fromstring(site.fetch(path))  # noqa: S314 - our own.


def harmless(page):
    """Publish every attack there is, in three languages, and read it."""
    typed = [attack for attack in ATTACKS if attack.isprintable() or "\n" in attack]
    typed = [attack for attack in typed if not set(attack) & set("\x00\x01\x0c")]
    assert len(typed) >= 120
    page.goto("/desk/news/article/add/")
    page.locator("#id_title_en").fill("Hostile")
    for code in ("en", "zh_hant", "zh_hans"):
        # What opens a fence or a comment comes last.
        calm = sorted(typed, key=lambda attack: "~~~" in attack or "```" in attack)
        page.locator(f"#id_body_{code}").fill("\n\n".join(calm).replace("picture:", ""))
    page.locator("#id_publish_at_0").fill("2026-01-01")
    page.locator("#id_publish_at_1").fill("08:00")
    press(page, "Save")
    page.get_by_text("was added successfully").wait_for()
    dialogs, asked = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    for code in LANGUAGES:
        page.goto(f"/{code}/news/hostile/")
        page.locator("details").first.evaluate("part => part.open = true")
        page.locator("details").last.evaluate("part => part.open = true")
        page.wait_for_load_state("networkidle")
        assert page.locator("article script, article [onclick]").count() == 0
    assert dialogs == []
    assert not [url for url in asked if EVIL in url.split("?")[0].split("/")[2]]
