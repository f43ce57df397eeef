"""A mailing from an article: its texts, whom it reaches, what must be true first."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from detwin.languages import CODES, in_language
from news.models import Mailing, SendingSlot, Subscriber
from news.models.mailing import LONGEST_SUBJECT
from news.plain_text import plain_text
from news.subscriber_mails import link_to
from safety import audit
from safety.models import Approval, OutgoingMail
from safety.organisers.approvals import NotAllowed, ask, performs

PREVIEW_MAIL = "news-preview"
State = Mailing.State


def fill_from_article(mailing: Mailing) -> None:
    """Set the texts that are empty from the article, where it has that language."""
    for code in CODES:
        own = mailing.texts_in(code)
        title = in_language(mailing.article, "title", code)
        body = in_language(mailing.article, "body", code)
        if not own["subject"]:
            mailing.set_texts(code, subject=title[:LONGEST_SUBJECT])
        if not own["text"] and body:
            mailing.set_texts(code, text=text_of(mailing, code))


def text_of(mailing: Mailing, code: str) -> str:
    """Return title, summary, text and address of the article in one language."""
    article = mailing.article
    summary = in_language(article, "summary", code).strip()
    parts = [in_language(article, "title", code), summary]
    parts += [plain_text(in_language(article, "body", code))]
    with override(code):
        on_site = _("On our site:")
    parts += [f"{on_site} {link_to('news:article', code, article.slug)}"]
    return "\n\n".join(part for part in parts if part)


def recipients_of(mailing: Mailing) -> models.QuerySet[Subscriber]:
    """Return whom a mailing reaches: its list, without those who had the article.

    Who is on two lists gets an article once, though both lists are mailed.
    """
    found = Subscriber.objects.on_list(mailing.place_id)
    before = Mailing.objects.filter(article=mailing.article_id).exclude(pk=mailing.pk)
    before = before.filter(state__in=(State.SENDING, State.SENT))
    for place in set(before.values_list("place", flat=True)):
        had = Subscriber.objects.on_list(place).values("pk")
        found = found.exclude(pk__in=had)
    return found


def ask_for_preview(mailing: Mailing, address: str) -> None:
    """Queue the mail in each language to the organiser's own address."""
    for code in CODES:
        OutgoingMail.objects.queue(PREVIEW_MAIL, str(mailing.pk), code, address)


def ask_to_send(mailing: Mailing, organiser: Any, reason: str) -> None:
    """Ask another organiser to have it sent; raises NotAllowed, saying why not."""
    with transaction.atomic():
        locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if refusal := what_is_missing(locked):
            raise NotAllowed(refusal)
        locked.approval = ask(
            organiser,
            Approval.Action.MAILING,
            label_of(locked),
            reason,
            mailing=locked.pk,
            digest=locked.digest,
            page=locked.get_absolute_url(),
        )
        locked.save(update_fields=["approval"])


def what_is_missing(mailing: Mailing) -> str:
    """Say what keeps a mailing from being sent, or nothing."""
    if not mailing.is_open:
        return _("It was asked for already, or is no draft any more.")
    if missing := mailing.missing_languages:
        names = ", ".join(missing)
        return _("Subject or text is missing in: %(names)s.") % {"names": names}
    if not mailing.article.is_published:
        return _("Publish the article first: the mail links to it.")
    if SendingSlot.objects.is_full(mailing.place_id, timezone.now().date()):
        return full_list()
    return ""


def full_list() -> str:
    """Say that a list has had enough mails for now."""
    return _("This list has had three mails within seven days. Wait, then ask again.")


@performs(Approval.Action.MAILING, answered_with="news.approve_mailing")
def start(approval: Approval) -> None:
    """Hand the mailing to the worker, exactly as it was asked for.

    Raises NotAllowed when it was changed since, is no draft any more, or its list has
    had three mails within seven days. The caller's transaction undoes all of it.
    """
    rows = Mailing.objects.select_for_update(of=("self",))
    mailing = rows.filter(pk=approval.details["mailing"], state=State.DRAFT).first()
    if mailing is None or mailing.digest != approval.details["digest"]:
        raise NotAllowed(_("The mailing was changed or sent since; ask again."))
    if not SendingSlot.objects.take(mailing.place_id, timezone.now().date()):
        raise NotAllowed(full_list())
    mailing.approval, mailing.state = approval, State.SENDING
    mailing.started_at = timezone.now()
    mailing.save(update_fields=["approval", "state", "started_at"])


def stop(mailing: Mailing, organiser: str) -> bool:
    """End a mailing in the middle; what was sent is sent. False if it is not at it."""
    with transaction.atomic():
        running = Mailing.objects.filter(pk=mailing.pk, state=State.SENDING)
        if not running.update(state=State.STOPPED, ended_at=timezone.now()):
            return False
        mailing.deliveries.all().delete()
        audit.record(organiser, "mailing stopped", label_of(mailing))
    return True


def label_of(mailing: Mailing) -> str:
    """Name a mailing for the audit trail: its number, list and article."""
    to = mailing.place.slug if mailing.place else "all"
    return f"#{mailing.pk} {to}: {mailing.article.slug}"
