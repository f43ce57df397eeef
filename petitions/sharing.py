"""Links that pass a petition on. They say which channel, never which person."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from petitions.models import Petition, Wording
from petitions.page import twinnings_of


def share_links(petition: Petition, wording: Wording) -> dict[str, str]:
    """Return the text, the plain address and one link per channel."""
    address = settings.SITE_URL + petition.get_absolute_url()
    text = share_text(petition, wording)
    tagged = {name: f"{address}?from={name}" for name in ("wa", "tg", "mail")}
    tags = " ".join(settings.HASHTAGS)
    return {
        "text": text,
        "url": address,
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
