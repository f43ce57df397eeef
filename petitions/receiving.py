"""From a valid form to one stored row: sealed, encrypted, and nothing else kept."""

from __future__ import annotations

import json
from typing import Any

from petitions.consent import CONSENT_VERSION
from petitions.models import Petition, Signature, Wording
from petitions.settling import ADDRESS_PURPOSE, today
from petitions.terms import Terms
from safety import day_keys
from safety.recipients import live_public_keys
from safety.sealing import seal

SEALED_FIELDS = ("name", "postcode", "postal_address", "connection")
# What a sealed record can hold beside its other parts, in bytes of JSON. A long
# record in Chinese has about 1,400; only far rarer characters reach the limit.
MOST_BYTES = 1_800


def receive(
    petition: Petition,
    wording: Wording,
    terms: Terms,
    data: dict[str, Any],
    language: str,
) -> None:
    """Store a signature as received, with a single INSERT.

    `data` is the cleaned sign form. Whether the address is new, waiting or has
    signed already is not looked at here, so that nothing in the answer, its
    timing or a log can tell.
    """
    is_council = data["audience"] == Signature.Audience.COUNCIL
    given = [name for name in SEALED_FIELDS if data.get(name)] if is_council else []
    Signature.objects.insert(
        petition_id=petition.pk,
        wording_id=wording.pk,
        audience=data["audience"],
        connection=data["connection"] if is_council else "",
        fields_given=",".join(given),
        council_valid=is_council and set(terms.council_fields) <= set(given),
        is_suspect=bool(data.get("website")),
        sealed=sealed_record(petition, wording, data, language) if is_council else None,
        email_encrypted=day_keys.encrypt(data["email"].encode(), ADDRESS_PURPOSE),
        area_id=data["area"].pk if data.get("area") else None,
        language=language,
        received_on=today(),
    )


def sealed_record(
    petition: Petition, wording: Wording, data: dict[str, Any], language: str
) -> bytes:
    """Seal what the council is to get, to the petition's key holders."""
    record = {name: data.get(name, "") for name in SEALED_FIELDS}
    record |= {
        "email": data["email"],
        "wording": f"{wording.number}:{wording.sha256[:16]}",
        "consent": f"{CONSENT_VERSION}:{language}",
        "signed_on": today().isoformat(),
    }
    return seal(record, live_public_keys(), petition.context)


def fits(data: dict[str, Any]) -> bool:
    """Tell whether what was typed fits a sealed record, whose length is fixed."""
    typed = [data.get(name) or "" for name in (*SEALED_FIELDS, "email")]
    return len(json.dumps(typed, ensure_ascii=False).encode()) <= MOST_BYTES
