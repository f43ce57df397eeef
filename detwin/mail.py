"""One builder for every mail of the site, and the outbox of development."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine
from django.utils import translation


def compose(name: str, to: str, language: str, context: dict[str, Any]) -> EmailMessage:
    """Build the text mail `templates/emails/<name>-*.txt` in one language.

    The subject is one line; the body is plain text, with no tracking and no
    picture. Nothing is sent yet.
    """
    with translation.override(language):
        subject = " ".join(plain_text(f"emails/{name}-subject.txt", context).split())
        body = plain_text(f"emails/{name}-body.txt", context).strip() + "\n"
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.extra_headers["Content-Language"] = language
    return message


def plain_text(template: str, context: dict[str, Any]) -> str:
    """Render a text template; nothing in a mail is HTML, so nothing is escaped."""
    found = Engine.get_default().get_template(template)
    return str(found.render(Context(context, autoescape=False)))


class OutboxBackend(BaseEmailBackend):
    """Writes each mail as one `.eml` file under `var/outbox/` (development only)."""

    def send_messages(self, email_messages: Any) -> int:
        """Write the messages; their names sort by the order of sending."""
        settings.OUTBOX_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            number = sum(1 for _ in settings.OUTBOX_DIR.glob("*.eml")) + 1
            name = f"{number:05d}-{secrets.token_hex(2)}.eml"
            (settings.OUTBOX_DIR / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
