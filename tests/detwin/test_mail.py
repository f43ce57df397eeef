"""One builder for every mail, and the outbox of development."""

from __future__ import annotations

import email
import email.policy

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from detwin.mail import OutboxBackend, compose

CONTEXT = {
    "link": "https://x.example/en/s/t/",
    "code": "ABCD-EFGH",
    "valid_until": None,
}


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Please confirm"), ("zh-hant", "請確認"), ("zh-hans", "请确认")],
)
def test_a_mail_is_in_its_readers_language(language, subject):
    message = compose("confirm", "zoe@example.com", language, CONTEXT)
    assert message.subject == subject
    assert message.extra_headers["Content-Language"] == language
    assert CONTEXT["link"] in message.body.split()
    assert CONTEXT["code"] in message.body.split()


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("name", ["confirm", "already", "link"])
def test_a_mail_is_plain_text_to_one_person_and_names_nobody(settings, name, language):
    settings.DEFAULT_FROM_EMAIL = "no-reply@example.org"
    message = compose(name, "zoe@example.com", language, CONTEXT)
    raw = message.message()
    assert (message.to, message.cc, message.bcc) == (["zoe@example.com"], [], [])
    assert message.from_email == "no-reply@example.org"
    assert raw.get_content_type() == "text/plain"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert "\n" not in message.subject
    for word in ("petition", "聯署", "联署", "Detwin", "Leeds"):
        assert word not in message.subject + message.body


def test_composing_sends_nothing():
    compose("confirm", "zoe@example.com", "en", CONTEXT)
    assert mail.outbox == []


def test_the_outbox_writes_each_mail_as_a_file_in_order(settings):
    backend = OutboxBackend()
    for number in (1, 2, 3):
        message = EmailMessage(
            f"第{number}封", "內文", "a@example.org", ["王小明 <b@example.org>"]
        )
        assert backend.send_messages([message]) == 1
    files = sorted(settings.OUTBOX_DIR.glob("*.eml"))
    parsed = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in files
    ]
    assert [message["Subject"] for message in parsed] == ["第1封", "第2封", "第3封"]
    assert parsed[0].get_content() == "內文"


def test_a_link_stands_in_a_mail_as_it_is():
    message = compose(
        "link", "a@example.com", "en", {"link": "https://x.org/?a=1&b='2'"}
    )
    assert "https://x.org/?a=1&b='2'" in message.body
