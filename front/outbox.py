"""The mails that the development site wrote to files. Not there in production."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """List the mails, newest first."""
    files = sorted(settings.OUTBOX_DIR.glob("*.eml"), reverse=True)
    context = {"mails": [summary_of(path) for path in files[:200]]}
    return render(request, "front/outbox.html", context)


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as its reader sees it; links in it can be followed."""
    path = settings.OUTBOX_DIR / Path(name).name
    if path.suffix != ".eml" or not path.is_file():
        raise Http404
    return render(request, "front/outbox_mail.html", {"mail": summary_of(path)})


def summary_of(path: Path) -> dict[str, Any]:
    """Return what a mail file says: name, recipient, subject, language and text."""
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    body = message.get_content() if isinstance(message, EmailMessage) else ""
    return {
        "name": path.name,
        "to": message["To"],
        "subject": message["Subject"],
        "language": message["Content-Language"],
        "body": body,
    }
