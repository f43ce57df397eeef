from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connections, models, router
from django.db.models.sql import InsertQuery
from django.utils.translation import gettext_lazy as _

from safety.models import Leased, LeasedQuerySet


def new_nonce() -> bytes:
    """Return the random bytes that make a signature's links unguessable."""
    return secrets.token_bytes(16)


class SignatureQuerySet(LeasedQuerySet["Signature"]):
    def confirmed(self) -> SignatureQuerySet:
        """Keep the signatures that count."""
        return self.filter(state=Signature.State.CONFIRMED)

    def settled(self) -> SignatureQuerySet:
        """Keep those whose signer has confirmed, counted or quarantined."""
        return self.filter(state__in=SETTLED)

    def waiting(self) -> SignatureQuerySet:
        """Keep those whose signer has not confirmed yet."""
        return self.filter(state__in=WAITING)

    def insert(self, **given: Any) -> None:
        """Store a new signature with one INSERT, composed once for all rows.

        `given` are columns by their names (`petition_id`); the others get their
        defaults. Saving the usual way makes a model and words the statement anew for
        each row, which in a burst costs more than the row. No signal is sent and
        nothing is read back.
        """
        connection = connections[router.db_for_write(Signature)]
        values = [
            field.get_db_prep_save(
                given.pop(field.attname) if field.attname in given else default(),
                connection,
            )
            for field, default in columns()
        ]
        if given:
            raise TypeError(f"A signature has no {', '.join(given)}.")
        with connection.cursor() as cursor:
            cursor.execute(insert_statement(connection.alias), values)

    def of_address(self, petition_id: int, blind_index: bytes) -> SignatureQuerySet:
        """Keep the attempts of one e-mail address on one petition."""
        return self.filter(petition_id=petition_id, blind_index=blind_index)


class Signature(Leased):
    """One signature, or one attempt at it. There is nothing here that names anybody.

    `sealed` opens only with a key holder's private key and carries its suite and
    the ids of the keys it is sealed to. `email_encrypted` is readable to this
    server until the signer confirms, or until its day key is destroyed.
    `blind_index` is a slow hash that tells whether an address has signed. The key
    is random, so rows do not tell who came first; dates are UTC days without time.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        QUARANTINED = "quarantined", _("quarantined")

    class Audience(models.TextChoices):
        COUNCIL = "council", _("the council")
        COUNTED = "counted", _("nobody")

    class Connection(models.TextChoices):
        LIVES = "lives", _("I live there")
        WORKS = "works", _("I work there")
        STUDIES = "studies", _("I study there")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nonce = models.BinaryField(default=new_nonce)
    # Each index is paid for by every signer in a burst, so there are few: the one
    # by address begins with the petition, and the worker's own is partial.
    leased_until = models.DateTimeField(null=True, editable=False)
    petition = models.ForeignKey(
        "petitions.Petition", models.PROTECT, related_name="signatures", db_index=False
    )
    wording = models.ForeignKey(
        "petitions.Wording", models.PROTECT, related_name="signatures", db_index=False
    )
    state = models.CharField(max_length=11, choices=State, default=State.RECEIVED)
    audience = models.CharField(max_length=7, choices=Audience)
    connection = models.CharField(max_length=7, choices=Connection, blank=True)
    fields_given = models.CharField(max_length=60, blank=True)
    council_valid = models.BooleanField(default=False)
    is_suspect = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)
    blind_index = models.BinaryField(null=True)
    email_encrypted = models.BinaryField(null=True)
    code_digest = models.BinaryField(null=True)
    area = models.ForeignKey(
        "cities.Place", models.PROTECT, null=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=7, blank=True)
    received_on = models.DateField()
    mailed_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "blind_index"],
                condition=models.Q(state__in=("confirmed", "quarantined")),
                name="signature_one_per_address",
            ),
            models.UniqueConstraint(
                fields=["petition", "code_digest"],
                condition=models.Q(code_digest__isnull=False),
                name="signature_code_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("confirmed", "quarantined"))
                | models.Q(
                    email_encrypted__isnull=True,
                    code_digest__isnull=True,
                    language="",
                    confirmed_on__isnull=False,
                ),
                name="signature_confirmed_keeps_no_address",
            ),
            models.CheckConstraint(
                condition=models.Q(audience="council")
                | models.Q(sealed__isnull=True, connection="", council_valid=False),
                name="signature_counted_has_no_name",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_on"],
                condition=models.Q(state="received"),
                name="signature_to_be_mailed",
            ),
            models.Index(
                fields=["petition", "blind_index"], name="signature_by_address"
            ),
            models.Index(
                fields=["mailed_on"],
                condition=models.Q(state="pending"),
                name="signature_to_be_purged",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_settled(self) -> bool:
        """Tell whether the signer has confirmed it."""
        return self.state in SETTLED

    @property
    def counts(self) -> bool:
        """Tell whether it is in the petition's figures."""
        return self.state == self.State.CONFIRMED


@cache
def columns() -> list[tuple[models.Field[Any, Any], Callable[[], Any]]]:
    """Return the columns of a row in the order of the INSERT, with their defaults."""
    fields = Signature._meta.concrete_fields
    return [(field, field.get_default) for field in fields]


@cache
def insert_statement(alias: str) -> str:
    """Return the INSERT of a whole row on one database, with a mark for each value."""
    query = InsertQuery(Signature)
    query.insert_values(Signature._meta.concrete_fields, [Signature()], raw=True)
    [(statement, _values)] = query.get_compiler(using=alias).as_sql()
    return str(statement)


WAITING = (Signature.State.RECEIVED, Signature.State.PENDING)
SETTLED = (Signature.State.CONFIRMED, Signature.State.QUARANTINED)
