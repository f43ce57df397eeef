"""Links that pass a petition on. They say which channel, never which person."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from petitions.models import Petition, Wording
from petitions.page import twinnings_of
from petitions.terms import terms_of

# What `?from=` may say: WhatsApp, Telegram, mail, the share sheet of a phone, a copied
# address, a QR code.
CHANNELS = ("wa", "tg", "mail", "share", "copy", "qr")


def share_context(petition: Petition, wording: Wording) -> dict[str, Any]:
    """Return what the share step shows, with what to print and the QR code."""
    return {
        "petition": petition,
        "wording": wording,
        "council": getattr(petition.place, "council", None),
        "terms": terms_of(petition),
        "is_running": petition.is_running,
        "share": share_links(petition, wording),
    }


def share_links(petition: Petition, wording: Wording) -> dict[str, str]:
    """Return the text, the plain address and one link per channel."""
    address = settings.SITE_URL + petition.get_absolute_url()
    text = share_text(petition, wording)
    tagged = {name: f"{address}?from={name}" for name in CHANNELS}
    tags = " ".join(settings.HASHTAGS)
    return {
        "text": text,
        "url": address,
        "native_url": tagged["share"],
        "copy_url": tagged["copy"],
        "whatsapp": "https://wa.me/?text=" + quote(f"{text} {tagged['wa']}"),
        "telegram": "https://t.me/share/url?"
        + urlencode({"url": tagged["tg"], "text": f"{text} {tags}"}),
        "email": f"mailto:?subject={quote(text)}&body={quote(tagged['mail'])}",
    }


def share_text(petition: Petition, wording: Wording) -> str:
    """Return a sentence that does not say who signed."""
    if petition.place is None:
        return wording.title
    partners = [tie.chinese_place.name for tie in twinnings_of(petition)]
    return _("A petition asks %(council)s to end its agreement with %(city)s") % {
        "council": petition.place.council.name,
        "city": _(", ").join(partners),
    }
