"""News by mail at the desk: written from an article, tried, approved by another."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from news.models import Article, Mailing, Subscriber
from news.sending import send_news, send_previews
from safety.models import Approval, AuditEvent
from tests.news.conftest import ADDRESS, make_subscriber
from tests.safety.organisers.conftest import make_account, settled

pytestmark = pytest.mark.django_db
REASON = {"reason": "The vote of Friday, for everybody."}


@pytest.fixture
def article(db):
    return Article.objects.create(
        slug="a-vote",
        title_en="A vote",
        title_zh_hant="投票",
        title_zh_hans="",
        body_en="It **voted**.",
        body_zh_hant="議會**投票**。",
        publish_at=timezone.now(),
    )


@pytest.fixture
def editor(db):
    return settled(make_account("editor", "Editor"))


@pytest.fixture
def press(db):
    return settled(make_account("press", "Press"))


@pytest.fixture
def draft(editor, article):
    """A mailing as an editor makes it: an article and a list."""
    editor.post("/desk/news/mailing/add/", {"article": article.pk, "place": ""})
    return Mailing.objects.get()


def path_of(mailing, *parts):
    return "/".join(["/desk/mailings", str(mailing.pk), *parts, ""])


def approve(browser):
    approval = Approval.objects.get()
    path = f"/desk/access/approvals/{approval.pk}/answer/"
    return browser.post(path, {"granted": "yes"}, follow=True)


def test_its_texts_come_from_the_article(draft):
    assert draft.made_by.username == "editor"
    assert draft.texts_in("en")["subject"] == "A vote"
    assert draft.texts_in("en")["text"] == (
        "A vote\n\nIt voted.\n\nOn our site: http://testserver/en/news/a-vote/"
    )
    assert draft.texts_in("zh-hant")["text"].startswith("投票\n\n議會投票。")
    assert draft.texts_in("zh-hans")["text"].startswith("投票\n\n议会投票。")


def test_an_article_that_is_not_out_is_refused(editor, article):
    Article.objects.update(publish_at=None)
    page = editor.post("/desk/news/mailing/add/", {"article": article.pk})
    assert "Publish the article first" in page.content.decode()
    assert not Mailing.objects.exists()


def test_it_is_read_by_whoever_wrote_it_and_by_who_approves(editor, press, draft):
    for browser in (editor, press):
        page = browser.get(path_of(draft)).content.decode()
        assert "It goes to 0 subscribers." in page
        assert "議會投票。" in page
    assert settled(make_account("ada", "Stall")).get(path_of(draft)).status_code == 403


def test_a_preview_goes_to_the_organisers_own_address_in_each_language(
    editor, draft, django_user_model
):
    make_subscriber()
    refused = editor.post(path_of(draft, "preview"), follow=True)
    assert "no e-mail address" in refused.content.decode()
    django_user_model.objects.update(email="editor@example.org")
    editor.post(path_of(draft, "preview"))
    assert send_previews() == {"previews mailed": 3}
    assert {message.to[0] for message in mail.outbox} == {"editor@example.org"}
    assert [message.subject for message in mail.outbox] == ["A vote", "投票", "投票"]
    assert mail.outbox[0].body.startswith("A preview: only you get this")
    assert "/s/" not in mail.outbox[0].body
    assert send_previews() == {}
    assert send_news() == {}


def test_another_organiser_approves_and_only_then_it_is_sent(editor, press, draft):
    make_subscriber()
    editor.post(path_of(draft, "ask"), REASON)
    assert send_news() == {}
    approve(editor)
    assert Mailing.objects.get().state == "draft"
    seen = press.get("/desk/access/approvals/").content.decode()
    assert f'href="{path_of(draft)}"' in seen
    approve(press)
    while send_news():
        pass
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    page = press.get(path_of(draft)).content.decode()
    assert re.search(r"Sent</th><td class=\"n\">1<", page)
    assert "<progress" in page


def test_an_organiser_who_only_exports_cannot_approve_it(editor, draft):
    holder = settled(make_account("holder", "Key holder"))
    editor.post(path_of(draft, "ask"), REASON)
    approve(holder)
    assert Mailing.objects.get().state == "draft"
    assert Approval.objects.get().granted is None


def test_an_editor_cannot_approve_an_export(editor, press):
    Approval.objects.create(
        action="export",
        subject="leeds",
        reason="x",
        asked_by=make_account("holder", "Key holder"),
    )
    approve(editor)
    assert Approval.objects.get().granted is None


def test_while_another_is_asked_nothing_can_be_changed(editor, draft):
    editor.post(path_of(draft, "ask"), REASON)
    path = f"/desk/news/mailing/{draft.pk}/change/"
    editor.post(path, {"place": "", "subject_en": "x", "text_en": "x"})
    editor.post(f"/desk/news/mailing/{draft.pk}/delete/", {"post": "yes"})
    assert Mailing.objects.get().texts_in("en")["subject"] == "A vote"
    editor.post(path_of(draft, "ask"), REASON)
    assert Approval.objects.count() == 1


def test_a_reason_is_asked_for(editor, draft):
    page = editor.post(path_of(draft, "ask"), {"reason": "x"})
    assert page.status_code == 422
    assert not Approval.objects.exists()


def test_a_missing_language_is_named_before_anybody_is_asked(editor, draft):
    Mailing.objects.update(text_zh_hans="")
    assert "简体中文" in editor.get(path_of(draft)).content.decode()
    editor.post(path_of(draft, "ask"), REASON)
    assert not Approval.objects.exists()


def test_too_many_for_a_list_is_said_to_who_approves(editor, press, article, draft):
    from news.models import SendingSlot

    editor.post(path_of(draft, "ask"), REASON)
    for _ in range(3):
        assert SendingSlot.objects.take(None, timezone.now().date())
    assert "three mails within seven days" in approve(press).content.decode()
    assert Mailing.objects.get().state == "draft"


def test_sending_is_stopped_with_one_press_and_audited(editor, press, draft):
    make_subscriber()
    editor.post(path_of(draft, "ask"), REASON)
    approve(press)
    editor.post(path_of(draft, "stop"))
    assert send_news() == {}
    assert Mailing.objects.get().state == "stopped"
    assert AuditEvent.objects.filter(action="mailing stopped").count() == 1


def test_trouble_with_the_relay_is_told(editor, draft):
    editor.post(path_of(draft, "ask"), REASON)
    approve(settled(make_account("ada", "Press")))
    Mailing.objects.update(trouble_since=timezone.now())
    for path in (path_of(draft), "/desk/mailings/"):
        assert "not answer" in editor.get(path).content.decode()


def test_numbers_of_subscribers_are_shown_and_never_an_address(editor, leeds):
    make_subscriber("zqcanary@example.com")
    for number in range(2):
        make_subscriber(f"zqcanary{number}@example.com", place=leeds)
    page = editor.get("/desk/mailings/").content.decode()
    assert re.search(r"all news</th><td class=\"n\">1<", page)
    assert re.search(r"Leeds</th><td class=\"n\">2<", page)
    assert "zqcanary" not in page
    keys = [str(key) for key in Subscriber.objects.values_list("pk", flat=True)]
    assert not [key for key in keys if key in page]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    desk, article, leeds, rows, django_assert_num_queries
):
    for number in range(rows):
        Mailing.objects.create(article=article, subject_en=f"m{number}", place=leeds)
        make_subscriber(f"p{number}@example.com", place=leeds)
    desk.get("/desk/mailings/")
    with django_assert_num_queries(11):
        desk.get("/desk/mailings/")


def test_what_acts_refuses_to_be_fetched(editor, draft):
    for action in ("preview", "ask", "stop"):
        assert editor.get(path_of(draft, action)).status_code == 405


def test_a_stranger_and_a_form_from_elsewhere_change_nothing(draft, django_user_model):
    for action in ("preview", "ask", "stop"):
        answer = Client().post(path_of(draft, action), REASON)
        assert answer["Location"].startswith("/desk/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_superuser("o", password="x"))
    assert strict.post(path_of(draft, "ask"), REASON).status_code == 403
    assert not Approval.objects.exists()
