"""Steps of the benchmark that use the site's own models."""

from __future__ import annotations

import os
import secrets
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detwin.settings")
django.setup()

from django.db import connection  # noqa: E402 - needs django.setup()

from petitions.models import Petition, Signature  # noqa: E402
from petitions.posting import post_received  # noqa: E402
from petitions.receiving import receive  # noqa: E402
from petitions.terms import terms_of  # noqa: E402
from safety.key_pairs import public_key_of  # noqa: E402
from safety.models import RecipientKey  # noqa: E402

MEASURED_MAILS = 150
# One in ten is a council signature with a sealed record of the real length.
FILL = """
INSERT INTO petitions_signature (
    uuid, nonce, petition_id, wording_id, state, audience, connection, fields_given,
    council_valid, is_suspect, sealed, blind_index, language, received_on,
    confirmed_on, tries)
SELECT gen_random_uuid(), decode(md5(random()::text), 'hex'), %s, %s, 'confirmed',
    CASE WHEN n %% 10 = 0 THEN 'council' ELSE 'counted' END, '', '',
    n %% 10 = 0, false,
    CASE WHEN n %% 10 = 0 THEN decode(repeat(md5(random()::text), %s), 'hex') END,
    decode(md5(n::text || random()::text), 'hex'), '', current_date, current_date, 0
FROM generate_series(1, %s) n
"""


def keys() -> None:
    """Add a holder's and an escrow key whose private halves nobody keeps."""
    for is_escrow in (False, True):
        key = public_key_of(secrets.token_bytes(32))
        RecipientKey.objects.add(key, "Benchmark", is_escrow=is_escrow)


def fill(total: int) -> None:
    """Fill the Leeds petition up to so many confirmed signatures."""
    petition = Petition.objects.get(slug="leeds")
    Signature.objects.filter(state="received").delete()
    missing = total - Signature.objects.filter(petition=petition).count()
    with connection.cursor() as cursor:
        blocks = 4_400 // 16
        cursor.execute(FILL, [petition.pk, petition.wording.pk, blocks, missing])
        cursor.execute("CHECKPOINT")
    Petition.objects.filter(pk=petition.pk).update(
        supporters=total, council_valid=total // 10, council_valid_told=total // 10
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE petitions_signature")


def worker() -> None:
    """Print how many received signatures one core turns into mails in a second."""
    Signature.objects.filter(state="received").delete()
    petition = Petition.objects.with_addressee().get(slug="world")
    for number in range(MEASURED_MAILS):
        data = {"audience": "counted", "email": f"demo.{number}@example.org"}
        receive(petition, petition.wording, terms_of(petition), data, "zh-hant")
    post_received(1)
    began, used = time.monotonic(), time.process_time()
    mailed = sum(post_received(25)["mailed"] for _ in range(5))
    wall, processor = time.monotonic() - began, time.process_time() - used
    print(
        f"\nworker: {mailed / wall:.0f} mails a second, "
        f"{mailed / processor:.0f} a processor second (bar 15)"
    )


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    {"keys": keys, "fill": fill, "worker": worker}[step](*map(int, arguments))  # type: ignore[operator]
