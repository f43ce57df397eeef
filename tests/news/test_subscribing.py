"""News by mail: asked for by anybody, confirmed, kept apart, and the same for all."""

from __future__ import annotations

import datetime
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Subscriber, SubscriptionRequest
from news.subscribing import ask_by_mail, delete_due, enrol_confirmed
from safety import day_keys
from tests.news.conftest import ADDRESS, ASKED, LANGUAGES, link_in
from tests.petitions.conftest import is_written_in, without_random
from tests.petitions.leaks import every_column, leaked

pytestmark = pytest.mark.django_db


def due():
    """Delete what is due by now; return how many."""
    return delete_due(timezone.now().date())


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_never_signed_asks_confirms_and_is_on_the_list(client, subscribe, language):
    subscriber = subscribe(language)
    assert subscriber.address() == ADDRESS
    assert (subscriber.gets_all, subscriber.language) == (True, language)
    assert not subscriber.places.exists()
    assert not SubscriptionRequest.objects.exists()
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert is_written_in(message.body.replace(link_in(message), ""), language)


@pytest.mark.parametrize("name", ["Leeds", "列斯", "利兹", "leeds"])
def test_one_citys_news_is_asked_for_by_any_of_its_names(leeds, subscribe, name):
    subscriber = subscribe(news="place", place=name)
    assert (subscriber.gets_all, list(subscriber.places.all())) == (False, [leeds])


def test_a_town_typed_beside_all_news_is_not_kept(leeds, subscribe):
    assert list(subscribe(news="all", place="leeds").places.all()) == []


@pytest.mark.parametrize("page", ["", "thanks/", "deleted/", "?place=leeds"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_there_without_a_cookie(client, leeds, language, page):
    response = client.get(f"/{language}/news/updates/{page}")
    assert response.status_code == 200
    assert not response.cookies
    assert "csrf" not in response.content.decode()


def test_a_citys_link_begins_with_that_citys_news(client, leeds, hangzhou):
    def begun(query):
        page = client.get(f"/zh-hant/news/updates/?place={query}")
        return page.context["form"].initial

    assert begun("leeds") == {"news": "place", "place": "列斯"}
    for other in ("hangzhou", "nowhere", "", "%00", "列斯"):
        assert begun(other) == {"news": "all"}


def test_what_was_typed_is_unreadable_without_a_key_that_dies(client, ask):
    ask()
    assert leaked([ADDRESS], every_column()) == []
    day_keys.destroy_expired(timezone.now().date() + datetime.timedelta(days=9))
    request = SubscriptionRequest.objects.get()
    with pytest.raises(day_keys.DayKeyGone):
        request.details()


def test_reading_the_link_changes_nothing(client, ask):
    link = ask()
    for method in (client.get, client.head, client.options, client.get):
        method(link)
    assert SubscriptionRequest.objects.get().state == "mailed"
    response = client.get(link)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_second_press_changes_nothing_and_says_so(client, ask):
    link = ask()
    for _ in range(2):
        assert client.post(link, {"action": "confirm"})["Location"] == link
    assert "You will get news" in client.get(link).content.decode()
    assert SubscriptionRequest.objects.get().state == "confirmed"


def test_whoever_did_not_ask_deletes_it_even_after_confirming(client, ask, clock):
    link = ask()
    client.post(link, {"action": "confirm"})
    client.post(link, {"action": "delete"})
    clock(days=1)
    assert enrol_confirmed() == {}
    assert not SubscriptionRequest.objects.exists()
    assert client.get(link).status_code == 404


def test_those_who_confirmed_today_are_enrolled_tomorrow(client, ask, clock):
    client.post(ask(), {"action": "confirm"})
    assert enrol_confirmed() == {}
    today = timezone.now().date()
    clock(days=1)
    assert enrol_confirmed() == {"subscribers enrolled": 1}
    assert Subscriber.objects.get().consented_on == today


def test_in_development_nobody_waits_until_tomorrow(client, ask, settings):
    settings.DEBUG = True
    client.post(ask(), {"action": "confirm"})
    assert enrol_confirmed() == {"subscribers enrolled": 1}


def test_what_nobody_confirms_is_deleted_on_the_third_day(client, ask, clock):
    link = ask()
    clock(days=2)
    assert due()["subscription requests"] == 0
    clock(days=1, minutes=1)
    assert client.get(link).status_code == 404
    assert client.post(link, {"action": "confirm"}).status_code == 404
    assert due()["subscription requests"] == 1
    assert not SubscriptionRequest.objects.exists()


def test_what_was_never_mailed_goes_when_its_key_does(client, clock):
    client.post("/en/news/updates/", ASKED)
    clock(days=4)
    assert due()["subscription requests"] == 0
    clock(days=1)
    assert due()["subscription requests"] == 1


def test_asking_twice_leaves_one_subscriber_on_both_lists(
    client, leeds, ask, clock, subscribe
):
    first = subscribe(news="place", place="leeds")
    clock(days=100)
    client.post(ask("zh-hant", email="SiuMing@example.com"), {"action": "confirm"})
    clock(days=1)
    enrol_confirmed()
    again = Subscriber.objects.get()
    assert again.pk == first.pk
    assert (again.gets_all, again.language) == (True, "zh-hant")
    assert list(again.places.all()) == [leeds]
    assert again.consented_on == first.consented_on + datetime.timedelta(days=101)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_the_same_for_every_address(client, subscribe, language):
    subscribe()
    client.post("/en/news/updates/", {**ASKED, "email": "waiting@example.com"})
    ask_by_mail()
    answers = set()
    for email in (ADDRESS, "waiting@example.com", "new@example.com"):
        with CaptureQueriesContext(connection) as seen:
            answer = client.post(
                f"/{language}/news/updates/", {**ASKED, "email": email}
            )
        page = client.get(answer["Location"])
        made = [query["sql"].split("(")[0] for query in seen]
        answers.add(str((without_random(answer), without_random(page), made)))
    assert len(answers) == 1
    bad = client.post(f"/{language}/news/updates/", {**ASKED, "agree": ""})
    assert bad.status_code == 422


def test_mails_are_the_same_for_a_subscriber_and_a_stranger(client, ask, subscribe):
    subscribe()
    bodies = set()
    for email in (ADDRESS, "new@example.com"):
        link = ask(email=email)
        bodies.add(mail.outbox[-1].body.replace(link, "LINK"))
    assert len(bodies) == 1


BAD = {
    "no list": ({"news": ""}, "news"),
    "another list": ({"news": "x"}, "news"),
    "no town": ({"news": "place", "place": ""}, "place"),
    "a town in China": ({"news": "place", "place": "Hangzhou"}, "place"),
    "no address": ({"email": ""}, "email"),
    "no mailbox": ({"email": "siuming"}, "email"),
    "a header": ({"email": "a@example.com\r\nBcc: b@example.com"}, "email"),
    "too long": ({"email": f"{'x' * 255}@example.com"}, "email"),
    "no yes": ({"agree": ""}, "agree"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client, leeds, language, name
):
    changes, field = BAD[name]
    sent = {**ASKED, **changes}
    response = client.post(f"/{language}/news/updates/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    message = response.context["form"].errors[field][0]
    assert is_written_in(message, language)
    assert "no-store" in response["Cache-Control"]
    assert sent["email"] in response.context["form"]["email"].value() or not page
    assert not SubscriptionRequest.objects.exists()


def test_a_provider_in_mainland_china_is_warned_of_once(client):
    asked = {**ASKED, "email": "siuming@qq.com"}
    first = client.post("/zh-hans/news/updates/", asked)
    assert first.status_code == 422
    assert "此邮箱服务设在中国大陆" in first.content.decode()
    assert not SubscriptionRequest.objects.exists()
    second = client.post("/zh-hans/news/updates/", {**asked, "anyway": "1"})
    assert second.status_code == 303


def test_a_robot_is_thanked_and_nothing_is_stored(client):
    response = client.post("/en/news/updates/", {**ASKED, "website": "x"})
    assert response["Location"] == "/en/news/updates/thanks/"
    assert not SubscriptionRequest.objects.exists()


def test_another_sites_page_cannot_ask(client):
    response = client.post(
        "/en/news/updates/", ASKED, headers={"origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert not SubscriptionRequest.objects.exists()


def test_a_network_that_asks_too_often_is_told_to_wait(client, settings):
    settings.THROTTLE_SCALE = 0.1
    answers = [client.post("/en/news/updates/", ASKED).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]


def test_an_address_that_is_written_to_often_gets_no_more_and_nobody_is_told(client):
    for _ in range(6):
        assert client.post("/en/news/updates/", ASKED).status_code == 303
    assert ask_by_mail() == {"asked about news": 5, "capped": 1}
    assert len(mail.outbox) == 5


def test_a_relay_that_is_down_loses_nothing(client, relay, clock):
    relay["all"] = ConnectionRefusedError()
    client.post("/en/news/updates/", ASKED)
    assert ask_by_mail() == {"put off": 1}
    relay.clear()
    clock(seconds=61)
    assert ask_by_mail() == {"asked about news": 1}


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("/s/", "/s/A"), lambda t: "/en/news/updates/s/x/"]
)
def test_an_altered_link_leads_nowhere(client, ask, change):
    link = ask()
    assert client.get(change(link)).status_code == 404
    assert client.post(change(link), {"action": "confirm"}).status_code == 404
    assert SubscriptionRequest.objects.get().state == "mailed"


def test_a_place_that_left_the_record_is_not_turned_into_all_news(
    client, newcastle, ask, clock
):
    link = ask(news="place", place="newcastle-upon-tyne")
    client.post(link, {"action": "confirm"})
    newcastle.twinnings.all().delete()
    newcastle.delete()
    assert client.get(link).status_code == 200
    clock(days=1)
    enrol_confirmed()
    assert not Subscriber.objects.exists()


NASTY = [
    "\0",
    "%00",
    "\ud800",
    "\u202eabc",
    "=1+1",
    "a\r\nb",
    "王" * 400,
    "<script>",
    "x" * 20_000,
]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("field", ["news", "place", "email", "agree", "anyway"])
def test_whatever_is_typed_is_answered_and_never_half_stored(
    client, leeds, field, value
):
    data = {**ASKED, "news": "place", "place": "leeds", field: value}
    body = "&".join(
        f"{name}={quote(text, errors='surrogatepass')}" for name, text in data.items()
    )
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/zh-hant/news/updates/", body, content_type=kind)
    stored = SubscriptionRequest.objects.count()
    assert (answer.status_code, stored) in {(422, 0), (303, 1), (413, 0)}
