"""Somebody who never signed asks for news, gets it, and stops it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.test_link_pages import assert_fit

pytestmark = pytest.mark.journey
SEND = """
from django.contrib.auth import get_user_model
from news.composing import ask_to_send, fill_from_article
from news.models import Article, Mailing
from safety.models import Approval
mailing = Mailing(article=Article.objects.published().first())
fill_from_article(mailing)
mailing.save()
users = get_user_model().objects
ask_to_send(mailing, users.create(username="writes"), "For the journey.")
Approval.objects.latest("pk").answer(users.create(username="approves"), True)
"""


def test_news_is_asked_for_read_and_stopped_with_one_press(site, browser):
    page = browser.new_page(viewport={"width": 320, "height": 700}, base_url=site.url)
    address = "reader@example.com"
    page.goto("/zh-hant/events/")
    page.get_by_role("contentinfo").get_by_role("link", name="電郵消息").click()
    page.get_by_role("button", name="把連結寄給我").click()
    assert page.get_by_role("alert").is_visible()
    assert_fit(page, "errors")
    page.fill("[name=email]", address)
    page.check("[name=agree]")
    page.get_by_role("button", name="把連結寄給我").click()
    assert page.get_by_role("heading", name="請查看你的電郵").is_visible()
    (question,) = site.mails_to(address, 1)
    page.goto(re.search(r"http://\S+", question.get_content())[0])
    assert_fit(page, "confirm")
    page.get_by_role("button", name="好，請寄消息給我").click()
    assert_fit(page, "confirmed")
    page.wait_for_timeout(3_000)  # In development the worker enrols at once.
    site.manage("shell", "-v0", "-c", SEND)
    *_, news = site.mails_to(address, 2)
    page.goto(news["List-Unsubscribe"].strip(" <>"))
    assert_fit(page, "yours")
    page.get_by_role("button", name="停止接收").click()
    assert page.get_by_role("heading", name="已停止接收").is_visible()
    assert_fit(page, "stopped")
    page.close()
