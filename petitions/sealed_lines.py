"""The lines of an export for a key holder: ciphertext, and what its list looks like."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from detwin.languages import in_language
from petitions.models import Petition, Signature
from petitions.settling import today
from petitions.terms import terms_of
from safety.models import RecipientKey


def sealed_rows(petition: Petition) -> QuerySet[Signature]:
    """Return the confirmed signatures that hold a sealed record, by number."""
    return petition.signatures.confirmed().exclude(sealed=None).order_by("pk")


def sealed_lines(petition: Petition) -> Iterator[str]:
    """Yield the lines of an export; nothing in them names anybody.

    The last one holds the number of records and the SHA-256 of all lines before,
    so that `tools/desk.py` notices a file that was cut off or altered.
    """
    digest, number = hashlib.sha256(), -1
    for content in _contents(petition):
        line = json.dumps(content) + "\n"
        digest.update(line.encode())
        number += 1
        yield line
    yield json.dumps({"end": number, "sha256": digest.hexdigest()}) + "\n"


def _contents(petition: Petition) -> Iterator[dict[str, Any]]:
    """Yield the head, then the records."""
    council = getattr(petition.place, "council", None)
    yield {
        "format": "detwin-export-2",
        "petition": petition.slug,
        "title": in_language(petition.wording, "title", "en"),
        "council": str(council or petition.addressee),
        "country": petition.place.country if petition.place else petition.country,
        "drawn_on": today().isoformat(),
        "fields": terms_of(petition).council_fields,
        "wordings": [
            {
                "mark": f"{wording.number}:{wording.sha256[:16]}",
                "title": in_language(wording, "title", "en"),
                "ask": wording.council_text or in_language(wording, "ask", "en"),
            }
            for wording in petition.wordings.all()
        ],
        "known_keys": list(RecipientKey.objects.values_list("key_id", flat=True)),
    }
    for row in sealed_rows(petition).iterator():
        yield {
            "uuid": str(row.pk),
            "petition": petition.slug,
            "context": petition.context,
            "sealed": base64.b64encode(bytes(row.sealed or b"")).decode(),
        }
