"""The main path, in a real browser: find a city, sign, confirm, withdraw."""

from __future__ import annotations

import json
import re
import time

import pytest

pytestmark = pytest.mark.journey

LANGUAGES = {
    "en": {"query": "Newcastle", "taiyuan": "Taiyuan", "day": "2 November 2022"},
    "zh-hant": {"query": "紐卡素", "taiyuan": "太原", "day": "2022年11月2日"},
    "zh-hans": {"query": "纽卡斯尔", "taiyuan": "太原", "day": "2022年11月2日"},
}


def supporters(site, slug="leeds"):
    """Return a petition's supporters from the open data, past the page cache."""
    time.sleep(1.2)
    rows = json.loads(site.fetch("/data/petitions.json"))["petitions"]
    return next(row["supporters"] for row in rows if row["slug"] == slug)


def link_in(mail):
    """Return the path of the link in a mail."""
    return re.search(r"http://localhost:\d+(/\S+/s/\S+/)", mail.get_content())[1]


def sign_as(page, language, address, name=None, slug="leeds"):
    """Fill in and send the sign form of a petition."""
    page.goto(f"/{language}/petitions/{slug}/")
    audience = "council" if name else "counted"
    page.check(f"input[name=audience][value={audience}]")
    if name:
        page.fill("input[name=name]", name)
        page.fill("input[name=postcode]", "LS1 1UR")
        page.check("input[name=connection][value=lives]")
    page.fill("input[name=email]", address)
    page.check("input[name=agree]")
    page.click("#sign [type=submit]")
    page.wait_for_url(f"**/{language}/petitions/{slug}/thanks")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_supporter_finds_newcastle_and_how_its_tie_ended(phone, language):
    words = LANGUAGES[language]
    phone.goto(f"/{language}/")
    phone.fill("input[name=q]", words["query"])
    phone.press("input[name=q]", "Enter")
    phone.click(f"a[href='/{language}/cities/newcastle-upon-tyne/']")
    text = phone.inner_text("main")
    assert words["taiyuan"] in text
    assert words["day"] in text
    assert phone.locator("main a[href*='ffhr.cz']").count() >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_supporter_signs_confirms_repeats_and_withdraws(
    site, phone, language, scripting
):
    address = f"siuming.{language}.{scripting}@example.com"
    before = supporters(site)
    sign_as(phone, language, address, name="王小明")
    first_thanks = phone.inner_text("main")

    (mail,) = site.mails_to(address, 1)
    assert "leeds" not in mail.as_string().lower()
    phone.goto(link_in(mail))
    assert supporters(site) == before
    phone.click("button[name=action][value=confirm]")
    assert supporters(site) == before + 1

    sign_as(phone, language, address.upper().replace("EXAMPLE.COM", "example.com"))
    assert phone.inner_text("main") == first_thanks
    repeated = site.mails_to(address.upper().replace("EXAMPLE.COM", "example.com"), 1)
    assert repeated[0]["Subject"] == mail["Subject"]
    assert "/s/" not in repeated[0].get_content()
    assert supporters(site) == before + 1

    phone.goto(link_in(mail))
    phone.click("button[name=action][value=withdraw]")
    assert supporters(site) == before


def test_gmail_spellings_of_one_mailbox_count_once(site, laptop):
    before = supporters(site, "world")
    laptop.goto("/en/petitions/world/")
    for address, links in (("ab@gmail.com", 1), ("a.b+x@gmail.com", 0)):
        laptop.goto("/en/petitions/world/")
        laptop.fill("input[name=email]", address)
        laptop.check("input[name=agree]")
        laptop.click("#sign [type=submit]")
        laptop.wait_for_url("**/thanks")
        (mail,) = site.mails_to(address, 1)
        assert ("/s/" in mail.get_content()) == bool(links)
        if links:
            laptop.goto(link_in(mail))
            laptop.click("button[name=action][value=confirm]")
    assert supporters(site, "world") == before + 1


def test_the_typed_code_leads_to_the_same_page(site, laptop):
    sign_as(laptop, "zh-hant", "code@example.com")
    (mail,) = site.mails_to("code@example.com", 1)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", mail.get_content())[0]
    laptop.fill("input[name=code]", code.lower().replace("-", " "))
    laptop.press("input[name=code]", "Enter")
    laptop.wait_for_url("**/zh-hant/s/**")
    assert laptop.locator("button[name=action][value=confirm]").count() == 1


def test_an_empty_form_is_answered_with_a_summary_and_kept_values(laptop):
    laptop.goto("/zh-hant/petitions/leeds/")
    laptop.check("input[name=audience][value=council]")
    laptop.fill("input[name=name]", "王小明")
    laptop.click("#sign [type=submit]")
    summary = laptop.locator(".errors")
    assert summary.count() == 1
    assert not re.search(r"[A-Za-z]{4,}", summary.inner_text())
    assert laptop.input_value("input[name=name]") == "王小明"
    assert laptop.is_checked("input[name=audience][value=council]")


def test_the_whole_form_can_be_filled_by_keyboard(laptop):
    laptop.goto("/en/petitions/leeds/#sign")
    laptop.focus("input[name=audience][value=council]")
    laptop.keyboard.press("Space")
    for text in ("Zoë O'Brien", "LS1 1UR"):
        laptop.keyboard.press("Tab")
        laptop.keyboard.type(text)
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Space")
    laptop.keyboard.press("Tab")
    laptop.keyboard.type("zoe.keyboard@example.com")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Space")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/thanks")
