"""Somebody joins: writes, confirms by mail, and reaches the organisers."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.journey


def test_a_person_joins_and_only_the_organisers_learn_of_it(phone, site, scripting):
    address = f"joiner-{scripting}@example.com"
    phone.goto("/zh-hant/events/")
    phone.get_by_role("contentinfo").get_by_role("link", name="加入行動").click()
    phone.get_by_role("link", name="以個人身分加入").click()
    phone.get_by_role("button", name="把連結寄給我").click()
    assert phone.get_by_role("alert").is_visible()
    phone.get_by_label("怎樣稱呼你").fill("阿明")
    phone.get_by_label("電郵地址").fill(address)
    phone.get_by_role("button", name="把連結寄給我").click()
    assert phone.get_by_role("heading", name="請查看你的電郵").is_visible()
    (question,) = site.mails_to(address, 1)
    phone.goto(re.search(r"http://\S+", question.get_content())[0])
    phone.get_by_role("button", name="轉交").click()
    assert phone.get_by_role("heading", name="多謝").is_visible()
    (mail,) = site.mails_to("contact@example.org", 1, answering=address)
    assert "阿明" in mail.get_content()
