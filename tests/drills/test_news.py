"""Ten thousand subscribers, and a worker that is killed while it writes to them."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from tests.drills.sites import wait_until

SUBSCRIBERS = 10_000
KILLS = 5
LEAVING = 40
SLOWEST_SECONDS = 900
# What is leased when a worker dies waits for two minutes; the last one's clock is ahead.
AFTER_LEASES = {"DRILL_LATER": "130"}

FILL = f"""
from django.utils import timezone
from news.models import Article, Mailing, Subscriber
from news.composing import ask_to_send, fill_from_article
from django.contrib.auth import get_user_model
from safety import ring
from safety.models import Approval
Subscriber.objects.bulk_create([
    Subscriber(
        email_encrypted=ring.encrypt(f"reader.{{number}}@example.org"),
        blind_index=number.to_bytes(16, "big"),
        gets_all=True,
        language=("en", "zh-hant", "zh-hans")[number % 3],
        consent_version="2026-11",
    )
    for number in range({SUBSCRIBERS})
], batch_size=1000)
text = {{f"{{field}}_{{code}}": "A vote 投票" for field in ("title", "body")
        for code in ("en", "zh_hant", "zh_hans")}}
article = Article.objects.create(slug="a-vote", publish_at=timezone.now(), **text)
mailing = Mailing(article=article)
fill_from_article(mailing)
mailing.save()
users = get_user_model().objects
ask_to_send(mailing, users.create(username="zoe"), "The vote of Friday.")
Approval.objects.get().answer(users.create(username="ada"), True)
"""


def left(site):
    return site.number("SELECT count(*) FROM news_delivery")


def state(site):
    return site.rows("SELECT state, sent, recipients FROM news_mailing")[0]


def leave(site, mails):
    """Let the readers of some mails unsubscribe the way a mail program does."""
    for mail in mails:
        link = mail["List-Unsubscribe"].strip("<> \r\n")
        path = link.removeprefix("https://drill.example")
        assert site.post(path, {"List-Unsubscribe": "One-Click"}).status == 200


def kill_in_the_middle(site, relay):
    """Kill the worker once it has mailed some more; return how many it had by then."""
    seen = len(relay.mails)
    wait_until(lambda: len(relay.mails) > seen + SUBSCRIBERS // (3 * KILLS), 300)
    site.kill("worker")
    return len(relay.mails)


@pytest.mark.drill(
    "news",
    "10,000 subscribers, worker killed 5 times: each one mail, ≤ 1 % two; who left none",
)
@pytest.mark.long
def test_each_subscriber_gets_the_news_once(site, relay, found):
    site.manage("shell", "-v0", "-c", FILL)
    site.start("web")
    began = time.monotonic()
    for _ in range(KILLS):
        site.start("worker")
        kill_in_the_middle(site, relay)
    # One mail may have been taken by the relay when its worker died: it is there.
    before = {mail["To"] for mail in relay.mails}
    unread, left_early = leave_unread(site)
    unwanted = left_early - before
    leave(site, relay.mails[:LEAVING])
    site.start("worker", **AFTER_LEASES)
    wait_until(lambda: state(site)[0] == "sent", SLOWEST_SECONDS)
    seconds = time.monotonic() - began
    mails = Counter(mail["To"] for mail in relay.mails)
    twice = sum(1 for number in mails.values() if number > 1)
    lost = unread - set(mails)
    everybody = set(mails) | unwanted
    found(
        f"{len(mails)} mailed, {twice} twice, {len(lost)} never, "
        f"{len(unwanted & set(mails))} of {len(unwanted)} who had left; {KILLS} kills, "
        f"{len(relay.mails) / seconds:.0f} mails a second"
    )
    assert lost == set()
    assert len(everybody) == SUBSCRIBERS
    assert max(mails.values()) <= 2
    assert twice <= SUBSCRIBERS / 100
    assert not unwanted & set(mails)
    assert left(site) == 0


def leave_unread(site):
    """Let some who were not mailed yet stop; return who stays to be mailed, who left."""
    script = f"""
from news.models import Delivery
from news.subscriber_mails import own_link
rows = [row.subscriber for row in Delivery.objects.select_related("subscriber")]
for row in rows[:{LEAVING}]:
    print("leaves", row.address(), own_link(row))
for row in rows[{LEAVING}:]:
    print("stays", row.address())
"""
    lines = [
        line.split() for line in site.manage("shell", "-v0", "-c", script).split("\n")
    ]
    leaving = [line for line in lines if line and line[0] == "leaves"]
    for _word, _address, link in leaving:
        path = link.removeprefix("https://drill.example")
        assert site.post(path, {"List-Unsubscribe": "One-Click"}).status == 200
    stays = {line[1] for line in lines if line and line[0] == "stays"}
    return stays, {line[1] for line in leaving}
