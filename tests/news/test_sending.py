"""News to a list: once to each, never to who has left, and safe while the relay is not."""

from __future__ import annotations

import datetime
import math
import smtplib
from collections import Counter

import pytest
from django.core import mail
from django.utils import timezone

from news import sending
from news.composing import ask_to_send, fill_from_article, recipients_of, stop
from news.models import Article, Delivery, Mailing, Subscriber
from news.sending import send_news
from news.subscriber_mails import own_link
from petitions.management.commands.run_worker import Command
from safety.models import Approval, AuditEvent, Switch
from safety.organisers.approvals import NotAllowed
from safety.switches import forget_switches
from tests.conftest import counted_data
from tests.news.conftest import link_in, make_subscriber
from tests.petitions.conftest import Relay, mailed_to

pytestmark = pytest.mark.django_db


def make_article(slug="a-vote", place=None):
    return Article.objects.create(
        slug=slug,
        title_en="A vote in Leeds",
        title_zh_hant="列斯投票",
        title_zh_hans="利兹投票",
        summary_en="It voted.",
        body_en="The council **voted**. [Minutes](https://example.org/m)",
        body_zh_hant="議會**投票**。",
        body_zh_hans="议会**投票**。",
        place=place,
        publish_at=timezone.now(),
    )


@pytest.fixture
def article(db):
    return make_article()


@pytest.fixture
def two(django_user_model):
    """Two organisers: who writes and who approves."""
    return [django_user_model.objects.create(username=name) for name in ("zoe", "ada")]


def ask(mailing, organiser, reason="The vote of Friday."):
    """Ask by the clock that tests move; a model's default knows the real one only."""
    ask_to_send(mailing, organiser, reason)
    Approval.objects.filter(answered_at=None).update(asked_at=timezone.now())


def make_mailing(article, place=None):
    mailing = Mailing(article=article, place=place)
    fill_from_article(mailing)
    mailing.save()
    return mailing


@pytest.fixture
def approved(article, two):
    """Write, ask for and approve a mailing; return it as it is sent."""

    def done(place=None, of=article):
        mailing = make_mailing(of, place)
        ask(mailing, two[0])
        Approval.objects.get(subject__startswith=f"#{mailing.pk} ").answer(two[1], True)
        mailing.refresh_from_db()
        return mailing

    return done


def people(number, **values):
    return [make_subscriber(f"p{n}@example.com", **values) for n in range(number)]


def work():
    """Let the worker do all that waits; return what came of it."""
    done = Counter()
    while step := send_news():
        done.update(step)
        if "relay down" in step:
            break
    return dict(done)


def figures(mailing):
    mailing.refresh_from_db()
    return (mailing.state, mailing.recipients, mailing.sent, mailing.refused)


def test_everybody_on_the_list_gets_one_mail_in_their_language(approved, leeds):
    make_subscriber("en@example.com")
    make_subscriber("hant@example.com", language="zh-hant")
    make_subscriber("hans@example.com", language="zh-hans")
    make_subscriber("leeds@example.com", place=leeds)
    mailing = approved()
    assert work()["news mailed"] == 3
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects == {
        "en@example.com": "A vote in Leeds",
        "hant@example.com": "列斯投票",
        "hans@example.com": "利兹投票",
    }
    assert figures(mailing) == ("sent", 3, 3, 0)
    assert not Delivery.objects.exists()
    assert work() == {}


def test_one_citys_list_gets_its_own(approved, leeds):
    make_subscriber("all@example.com")
    make_subscriber("leeds@example.com", place=leeds)
    approved(leeds)
    work()
    assert mailed_to() == ["leeds@example.com"]


def test_the_mail_is_text_from_the_neutral_sender_and_follows_nobody(
    approved, settings
):
    subscriber = make_subscriber()
    approved()
    work()
    (message,) = mail.outbox
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert message.content_subtype == "plain"
    assert "The council voted. Minutes (https://example.org/m)" in message.body
    assert "http://testserver/en/news/a-vote/" in message.body
    assert link_in(message).startswith("/en/news/updates/yours/s/")
    raw = message.message().as_bytes()
    assert b"text/plain" in raw
    assert b"text/html" not in raw
    lines = raw.decode().split("\n\n")[0].replace("\n ", " ").split("\n")
    headers = dict(line.split(": ", 1) for line in lines)
    link = headers["List-Unsubscribe"].strip(" <>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.split(".")[0] == own_link(subscriber).split(".")[0]


def test_the_link_in_the_header_unsubscribes(client, approved):
    make_subscriber()
    approved()
    work()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = link.removeprefix("http://testserver")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()


def test_who_is_on_two_lists_gets_an_article_once(approved, leeds):
    both = make_subscriber("both@example.com", place=leeds)
    both.gets_all = True
    both.save()
    make_subscriber("leeds@example.com", place=leeds)
    approved()
    work()
    approved(leeds)
    work()
    assert mailed_to() == ["both@example.com", "leeds@example.com"]


# --- What two organisers decide --------------------------------------------------------
def test_nothing_is_sent_before_another_organiser_approves(article, two):
    people(2)
    mailing = make_mailing(article)
    ask_to_send(mailing, two[0], "The vote of Friday.")
    assert work() == {}
    with pytest.raises(NotAllowed):
        Approval.objects.get().answer(two[0], True)
    assert figures(mailing)[0] == "draft"
    Approval.objects.get().answer(two[1], True)
    assert work()["news mailed"] == 2
    told = AuditEvent.objects.order_by("number").values_list("actor", "action")
    assert list(told) == [
        ("zoe", "mailing asked"),
        ("ada", "mailing approved"),
        ("ada", "mailing done"),
        ("worker", "mailing sent"),
    ]
    assert not [row for row in AuditEvent.objects.all() if "@" in row.reason]


@pytest.mark.parametrize("field", ["subject_en", "text_zh_hant", "place"])
def test_what_was_changed_since_is_not_sent(article, two, leeds, field):
    mailing = make_mailing(article)
    ask_to_send(mailing, two[0], "The vote of Friday.")
    value = leeds if field == "place" else "Something else"
    Mailing.objects.update(**{field: value})
    with pytest.raises(NotAllowed):
        Approval.objects.get().answer(two[1], True)
    assert figures(mailing)[0] == "draft"
    assert Approval.objects.get().granted is None


def test_a_language_that_is_missing_is_named(article, two):
    mailing = make_mailing(article)
    Mailing.objects.update(text_zh_hans=" ")
    with pytest.raises(NotAllowed, match="简体中文"):
        ask_to_send(mailing, two[0], "The vote of Friday.")


def test_an_article_that_is_not_out_is_not_sent(article, two):
    Article.objects.update(publish_at=timezone.now() + datetime.timedelta(days=1))
    article.refresh_from_db()
    with pytest.raises(NotAllowed, match="Publish the article first"):
        ask_to_send(make_mailing(article), two[0], "The vote of Friday.")


def test_a_list_gets_three_mails_in_any_seven_days(approved, clock, leeds):
    for number in range(3):
        approved(of=make_article(f"a-{number}"))
        clock(days=1)
    with pytest.raises(NotAllowed, match="three mails within seven days"):
        approved(of=make_article("a-fourth"))
    approved(leeds, of=make_article("another-list"))
    clock(days=3)
    with pytest.raises(NotAllowed):
        approved(of=make_article("a-fifth"))
    clock(days=1)
    approved(of=make_article("a-week-later"))


def test_a_fourth_that_was_asked_for_in_time_is_refused_all_the_same(article, two):
    asked = [make_mailing(make_article(f"a-{number}")) for number in range(4)]
    for mailing in asked:
        ask_to_send(mailing, two[0], "All at once.")
    *three, fourth = Approval.objects.order_by("pk")
    for approval in three:
        approval.answer(two[1], True)
    with pytest.raises(NotAllowed, match="seven days"):
        fourth.answer(two[1], True)
    fourth.refresh_from_db()
    assert fourth.granted is None
    assert Mailing.objects.filter(state="sending").count() == 3


def test_a_request_that_nobody_answers_ends_after_a_day(article, two, clock):
    mailing = make_mailing(article)
    ask_to_send(mailing, two[0], "The vote of Friday.")
    assert not Mailing.objects.get().is_open
    clock(hours=25)
    assert Mailing.objects.get().is_open
    ask(mailing, two[0], "Once more.")
    assert Mailing.objects.get().is_asked


# --- Leaving in the middle ----------------------------------------------------------------
def test_who_unsubscribes_in_the_middle_gets_nothing(approved, monkeypatch):
    first, second, *_rest = sorted(people(4), key=lambda row: row.pk)
    mailing = approved()
    monkeypatch.setattr(sending, "AT_ONCE", 4)
    real = sending.deliver

    def deliver(connection, row):
        if row.subscriber_id == first.pk:
            second.stop()
        return real(connection, row)

    monkeypatch.setattr(sending, "deliver", deliver)
    done = work()
    assert done["news mailed"] == 3
    assert done["news not wanted any more"] == 1
    assert figures(mailing) == ("sent", 4, 3, 0)
    assert mailing.left_meanwhile == 1


def test_a_stopped_mailing_sends_nothing_more(approved, two, monkeypatch):
    people(5)
    mailing = approved()
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    send_news()
    send_news()
    assert stop(mailing, "zoe")
    assert work() == {}
    assert len(mail.outbox) == 2
    assert figures(mailing) == ("stopped", 5, 2, 0)
    assert not stop(mailing, "zoe")
    assert AuditEvent.objects.filter(action="mailing stopped").count() == 1


def test_stopped_in_the_middle_of_a_round_the_rest_is_left_out(approved, monkeypatch):
    people(3)
    mailing = approved()
    send_news()
    real = sending.deliver

    def deliver(connection, row):
        result = real(connection, row)
        stop(mailing, "zoe")
        return result

    monkeypatch.setattr(sending, "deliver", deliver)
    work()
    assert len(mail.outbox) == 1


def test_while_nobody_can_unsubscribe_nothing_is_sent(approved):
    people(2)
    approved()
    Switch.objects.update_or_create(name="read_only", defaults={"is_on": True})
    forget_switches()
    assert work() == {}
    assert not mail.outbox


# --- The relay ----------------------------------------------------------------------------
DOWN = [
    ConnectionRefusedError(),
    TimeoutError(),
    smtplib.SMTPServerDisconnected(),
    smtplib.SMTPConnectError(421, b"try later"),
    smtplib.SMTPAuthenticationError(535, b"no"),
    smtplib.SMTPSenderRefused(451, b"later", "no-reply@localhost"),
]


@pytest.mark.parametrize("error", DOWN, ids=lambda error: type(error).__name__)
def test_while_the_relay_is_down_all_wait_and_nobody_is_mailed_twice(
    approved, relay, clock, error
):
    people(25)
    mailing = approved()
    send_news()
    send_news()
    relay["all"] = error
    assert work() == {"relay down": 5}
    assert work() == {}
    mailing.refresh_from_db()
    assert mailing.trouble_since is not None
    assert set(Delivery.objects.values_list("tries", "leased_until")) == {(0, None)}
    since = mailing.trouble_since
    for _ in range(30):
        clock(seconds=61)
        work()
    mailing.refresh_from_db()
    assert mailing.trouble_since == since
    relay.clear()
    clock(seconds=61)
    work()
    assert mailed_to() == sorted(f"p{n}@example.com" for n in range(25))
    assert figures(mailing) == ("sent", 25, 25, 0)
    assert mailing.trouble_since is None


def test_a_relay_that_dies_in_the_middle_repeats_nothing(approved, relay, clock):
    people(6)
    approved()
    send_news()
    relay["p3@example.com"] = smtplib.SMTPServerDisconnected()
    for _ in range(5):
        work()
        clock(seconds=61)
    relay.clear()
    work()
    assert mailed_to() == [f"p{n}@example.com" for n in range(6)]


def refusal(address, code):
    return smtplib.SMTPRecipientsRefused({address: (code, b"no")})


def test_three_refusals_in_a_row_delete_the_address(approved, relay, clock):
    people(2)
    relay["p0@example.com"] = refusal("p0@example.com", 550)
    for number in range(3):
        assert Subscriber.objects.count() == 2
        mailing = approved(of=make_article(f"a-{number}"))
        work()
        assert figures(mailing) == ("sent", 2, 1, 1)
    assert Subscriber.objects.get().address() == "p1@example.com"


def test_a_mail_that_arrives_forgives_earlier_refusals(approved, relay, clock):
    people(1)
    for number in range(3):
        relay["p0@example.com"] = refusal("p0@example.com", 550)
        if number == 1:
            relay.clear()
        approved(of=make_article(f"a-{number}"))
        work()
    assert Subscriber.objects.get().refusals == 1


def test_a_greylisted_address_is_tried_again_and_holds_up_no_other(
    approved, relay, clock
):
    people(3)
    mailing = approved()
    relay["p1@example.com"] = refusal("p1@example.com", 450)
    work()
    assert mailed_to() == ["p0@example.com", "p2@example.com"]
    assert figures(mailing)[0] == "sending"
    relay.clear()
    clock(minutes=5)
    work()
    assert figures(mailing) == ("sent", 3, 3, 0)


def test_an_address_that_always_waits_is_given_up_and_kept(approved, relay, clock):
    people(1)
    mailing = approved()
    relay["p0@example.com"] = refusal("p0@example.com", 450)
    for _ in range(40):
        work()
        clock(hours=1, minutes=1)
    assert figures(mailing) == ("sent", 1, 0, 1)
    assert Subscriber.objects.get().refusals == 0


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPDataError(554, b"not this one"),
        UnicodeEncodeError("ascii", "x", 0, 1, "a bug of ours"),
    ],
)
def test_a_mail_that_cannot_be_sent_holds_up_no_other(approved, relay, error, caplog):
    people(3)
    approved()
    relay["p1@example.com"] = error
    work()
    assert mailed_to() == ["p0@example.com", "p2@example.com"]
    assert "@example" not in caplog.text


def test_an_address_that_no_key_opens_holds_up_no_other(approved, settings):
    from cryptography.fernet import Fernet

    people(1)
    settings.SUBSCRIBER_KEYS = [Fernet.generate_key().decode()]
    make_subscriber("new@example.com")
    approved()
    work()
    assert mailed_to() == ["new@example.com"]
    assert Subscriber.objects.count() == 2


def test_a_signers_mail_comes_first(client, leeds_petition, approved, monkeypatch):
    # The worker looks after its connection; here the test's own is looked after.
    where = "petitions.management.commands.run_worker.close_old_connections"
    monkeypatch.setattr(where, lambda: None)
    people(3)
    approved()
    client.post("/en/petitions/leeds/sign", counted_data())
    worker = Command()
    worker.purge_due = worker.idle_work_due = math.inf
    assert worker.work()
    assert [message.to for message in mail.outbox] == [["zoe@example.com"]]
    while worker.work():
        pass
    assert len(mail.outbox) == 4


# --- Killed between two steps ----------------------------------------------------------------
class Killed(BaseException):
    """Stands for `kill -9`: nothing may catch it."""


def test_killed_again_and_again_at_most_one_mail_each_time_is_doubled(
    approved, relay, monkeypatch, clock
):
    people(120)
    mailing = approved()
    send_news()

    def send(backend, messages):
        mail.outbox.extend(messages)
        if len(mail.outbox) in (7, 31, 58, 77, 101):
            raise Killed

    monkeypatch.setattr(Relay, "send_messages", send)
    kills = 0
    while figures(mailing)[0] == "sending":
        try:
            if not send_news():
                clock(seconds=121)
        except Killed:
            kills += 1
    mails = Counter(message.to[0] for message in mail.outbox)
    assert kills == 5
    assert len(mails) == 120
    assert sorted(mails.values())[-6:] == [1, 2, 2, 2, 2, 2]
    assert mailing.sent == 120


def test_filling_the_list_twice_adds_nobody(approved):
    people(3)
    mailing = approved()
    assert sending.fill(mailing) == {"news to be sent": 3}
    assert sending.fill(mailing) == {}
    assert Delivery.objects.count() == 3


def test_a_mailing_to_nobody_ends_at_once(approved):
    mailing = approved()
    assert work() == {"mailings finished": 1}
    assert figures(mailing) == ("sent", 0, 0, 0)


def test_its_recipients_are_known_before(article, leeds):
    people(2)
    make_subscriber("leeds@example.com", place=leeds)
    assert recipients_of(make_mailing(article)).count() == 2
