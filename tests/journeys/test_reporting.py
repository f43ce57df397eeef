"""A reader reports an error; the organisers get it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.journey


def test_a_reader_reports_an_error_and_asks_for_an_answer(phone, site, scripting):
    address = f"reader-{scripting}@example.com"
    phone.goto("/zh-hant/cities/leeds/")
    phone.get_by_role("main").get_by_role("link", name="報告錯誤").click()
    phone.get_by_role("button", name="送出報告").click()
    assert phone.get_by_role("alert").is_visible()
    phone.get_by_label("哪裏有誤？").fill("協議已在2021年終止。")
    phone.get_by_label("如希望得到答覆").fill(address)
    phone.get_by_role("button", name="送出報告").click()
    assert phone.get_by_role("heading", name="多謝你的報告").is_visible()
    (mail,) = site.mails_to("contact@example.org", 1, answering=address)
    assert "協議已在2021年終止。" in mail.get_content()
