"""The sentences by which a signer chooses and consents."""

from __future__ import annotations

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from petitions.models.petition import Petition
from petitions.models.signature import Signature
from petitions.terms import Terms

# Sealed with each record: which text was agreed to. Change it with the text.
CONSENT_VERSION = "2026-11"


def audience_choices(petition: Petition, terms: Terms) -> list[tuple[str, str]]:
    """Return both answers to “Who may see my name?”, worded for this council."""
    council = _(
        "At hand-in the council gets my %(fields)s. A key holder of %(group)s opens "
        "the list to prepare it. We publish nothing; the council may keep or publish "
        "it."
    ) % {"fields": handed_fields(terms), "group": group_name()}
    counted = _(
        "Count me without a name; an e-mail address is enough. The council may not "
        "count me."
    )
    name = _("%(council)s.") % {"council": council_name(petition)}
    audience = Signature.Audience
    return [
        (audience.COUNCIL, answer(name, council)),
        (audience.COUNTED, answer(_("Nobody."), counted)),
    ]


def answer(who: str, what_follows: str) -> SafeString:
    """Return an answer whose first words stand out, so that two are told apart."""
    return format_html("<b>{}</b> {}", who, what_follows)


def council_name(petition: Petition) -> str:
    """Return the name of the council that a city's petition addresses."""
    council = getattr(petition.place, "council", None)
    return council.name if council else petition.addressee


def group_name() -> str:
    """Return who is responsible, as named in the settings."""
    return settings.CONTROLLER_NAME or settings.SITE_NAME


def handed_fields(terms: Terms) -> str:
    """Name what the council gets, in the reader's language."""
    if terms.asks_postal_address and terms.asks_postcode:
        return _(
            "name, postcode, postal address and whether I live, work or study there"
        )
    if terms.asks_postal_address:
        return _("name, postal address and whether I live, work or study there")
    return _("name, postcode and whether I live, work or study there")


def consent_text(petition: Petition, terms: Terms) -> str:
    """Return the one sentence that a signer ticks."""
    values = {
        "body": group_name(),
        "date": date_format(petition.deletes_on, "DATE_FORMAT"),
    }
    if not terms.offers_council:
        return (
            _(
                "I sign. I agree that %(body)s uses what I gave here, which shows a "
                "political opinion, to count me. I can withdraw until hand-in. All of "
                "it is deleted by %(date)s."
            )
            % values
        )
    return _(
        "I sign. I agree that %(body)s uses what I gave here, which shows a "
        "political opinion, to count me and, if I chose the council above, to hand "
        "it to %(council)s. I can withdraw until hand-in. All of it is deleted by "
        "%(date)s."
    ) % {**values, "council": council_name(petition)}
