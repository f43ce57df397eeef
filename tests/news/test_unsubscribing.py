"""Stopping news: by one press, by one POST of a mail program, for good."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from news.models import Subscriber
from news.subscriber_mails import own_link
from news.subscribing import ask_to_renew, delete_due
from tests.news.conftest import ADDRESS, LANGUAGES, link_in, make_subscriber
from tests.petitions.leaks import every_column, leaked

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(db):
    """The path of a subscriber's own page."""
    return own_link(make_subscriber()).removeprefix("http://testserver")


@pytest.fixture
def program():
    """A mail program: no cookies, no page opened before, and the guards are on."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart"])
def test_one_post_unsubscribes_at_once(program, link, kind):
    if kind == "multipart":
        response = program.post(link, ONE_CLICK)
    else:
        response = program.post(link, "List-Unsubscribe=One-Click", content_type=kind)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert not Subscriber.objects.exists()


def test_one_click_works_from_wherever_it_comes(program, link):
    headers = {"origin": "https://mail.example", "sec-fetch-site": "cross-site"}
    assert program.post(link, ONE_CLICK, headers=headers).status_code == 200
    assert not Subscriber.objects.exists()


def test_a_second_time_is_answered_like_the_first(program, link):
    answers = [program.post(link, ONE_CLICK) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert program.get(link).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_what_is_kept_but_never_the_address(client, leeds, language):
    subscriber = make_subscriber(place=leeds, language=language)
    path = own_link(subscriber).removeprefix("http://testserver")
    assert path.startswith(f"/{language}/news/updates/yours/s/")
    response = client.get(path)
    page = response.content.decode()
    assert leeds.name in page or "Leeds" in page
    assert ADDRESS not in page
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_reading_the_page_changes_nothing(client, link):
    before = Subscriber.objects.values().get()
    for _ in range(10):
        client.get(link)
        client.head(link)
        client.options(link)
    client.post(link, {"action": "x"})
    client.post(link, {})
    assert Subscriber.objects.values().get() == before


def test_the_button_stops_it(client, link):
    response = client.post(link, {"action": "stop"})
    assert "Your address is deleted" in response.content.decode()
    assert not Subscriber.objects.exists()
    assert leaked([ADDRESS], every_column()) == []


def test_the_link_works_after_years(client, link, clock):
    clock(days=700)
    assert client.get(link).status_code == 200
    client.post(link, ONE_CLICK)
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("change", ["/s/A", "/s/"])
def test_an_altered_link_stops_nobody(program, link, change):
    altered = link.replace("/s/", change, 1)[: -1 if change == "/s/" else None]
    altered = altered if change == "/s/A" else altered[:-1] + "x/"
    assert program.post(altered, ONE_CLICK).status_code == 404
    assert program.get(altered).status_code == 404
    assert Subscriber.objects.exists()


def test_a_link_of_another_row_with_this_number_stops_nobody(program, link):
    Subscriber.objects.update(nonce=b"another nonce 16")
    assert program.post(link, ONE_CLICK).status_code == 200
    assert Subscriber.objects.exists()


def test_another_sites_page_cannot_press_the_buttons(client, link):
    headers = {"origin": "https://evil.example"}
    for action in ("stop", "renew"):
        answer = client.post(link, {"action": action}, headers=headers)
        assert answer.status_code == 403
    assert Subscriber.objects.exists()


def test_a_huge_body_is_refused(client, link):
    answer = client.post(link, {"List-Unsubscribe": "x" * 40_000})
    assert answer.status_code == 413
    assert Subscriber.objects.exists()


# --- Backups -------------------------------------------------------------------------
def test_a_restored_backup_forgets_who_has_unsubscribed(
    client, link, settings, tmp_path
):
    row = Subscriber.objects.values().get()
    client.post(link, {"action": "stop"})
    file = settings.KEYS_DIR / "unsubscribed.txt"
    assert file.read_text() == f"{row['id']}\n"
    Subscriber.objects.create(**row)
    other = make_subscriber("other@example.com")
    copy = tmp_path / "unsubscribed.txt"
    copy.write_text(file.read_text() * 2)
    call_command("replay_unsubscribed", copy)
    assert Subscriber.objects.get() == other


def test_a_list_that_is_none_is_refused(tmp_path):
    path = tmp_path / "x"
    path.write_text("what is this")
    with pytest.raises(CommandError):
        call_command("replay_unsubscribed", path)


# --- 24 months ------------------------------------------------------------------------
def test_without_a_new_yes_the_address_is_deleted_after_24_months(relay, mailoutbox):
    day = timezone.now().date()
    make_subscriber("kept@example.com", day=day.replace(year=day.year - 1))
    make_subscriber("over@example.com", day=day - datetime.timedelta(days=731))
    assert delete_due(day)["subscribers"] == 1
    assert Subscriber.objects.get().address() == "kept@example.com"
    assert delete_due(day)["subscribers"] == 0


def test_whose_consent_ends_is_asked_once_and_goes_on_with_one_press(
    client, clock, mailoutbox
):
    subscriber = make_subscriber(language="zh-hant")
    clock(days=690)
    assert ask_to_renew() == {}
    clock(days=20)
    assert ask_to_renew() == {"asked again about news": 1}
    assert ask_to_renew() == {}
    (message,) = mailoutbox
    assert (
        message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    )
    path = link_in(message)
    client.get(path)
    assert Subscriber.objects.get().consented_on == subscriber.consented_on
    assert client.post(path, {"action": "renew"}).status_code == 303
    clock(days=40)
    today = timezone.now().date()
    assert delete_due(today)["subscribers"] == 0
    renewed = Subscriber.objects.get()
    assert renewed.consented_on == today - datetime.timedelta(days=40)
    assert renewed.asked_on is None


def test_a_relay_that_is_down_asks_later(relay, clock, mailoutbox):
    make_subscriber(day=timezone.now().date() - datetime.timedelta(days=720))
    relay["all"] = ConnectionRefusedError()
    assert ask_to_renew() == {"put off": 1}
    relay.clear()
    clock(seconds=61)
    assert ask_to_renew() == {"asked again about news": 1}
    assert len(mailoutbox) == 1
