"""The tables of this room as they were first released."""

from __future__ import annotations

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(unique=True, verbose_name="number"),
                ),
                ("happened_at", models.DateTimeField(verbose_name="happened at")),
                ("actor", models.CharField(max_length=200, verbose_name="who")),
                (
                    "action",
                    models.CharField(max_length=200, verbose_name="what was done"),
                ),
                (
                    "object_label",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="to what"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "previous_hash",
                    models.CharField(max_length=64, verbose_name="previous hash"),
                ),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "audit event",
                "verbose_name_plural": "audit events",
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="MailDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "domain",
                    models.CharField(
                        max_length=253, unique=True, verbose_name="domain"
                    ),
                ),
                (
                    "canonical",
                    models.CharField(
                        blank=True,
                        help_text="The domain that this one is only another name for.",
                        max_length=253,
                        verbose_name="same mailboxes as",
                    ),
                ),
                (
                    "strip_plus",
                    models.BooleanField(
                        default=False,
                        help_text="The provider delivers name+anything@ to name@.",
                        verbose_name="text after + is ignored",
                    ),
                ),
                (
                    "strip_dots",
                    models.BooleanField(
                        default=False,
                        help_text="The provider delivers n.a.m.e@ to name@.",
                        verbose_name="dots are ignored",
                    ),
                ),
                (
                    "in_mainland_china",
                    models.BooleanField(
                        default=False, verbose_name="provider in mainland China"
                    ),
                ),
                (
                    "disposable",
                    models.BooleanField(
                        default=False, verbose_name="throw-away addresses"
                    ),
                ),
            ],
            options={
                "verbose_name": "mail domain",
                "verbose_name_plural": "mail domains",
                "ordering": ("domain",),
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "leased_until",
                    models.DateTimeField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        null=True,
                        verbose_name="leased until",
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="tries"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="reference"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "address_encrypted",
                    models.BinaryField(blank=True, verbose_name="address, encrypted"),
                ),
                (
                    "queued_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="queued on",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing mail",
                "verbose_name_plural": "outgoing mails",
            },
        ),
        migrations.CreateModel(
            name="RecipientKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "public_text",
                    models.TextField(
                        help_text="The line that starts with detwin-key-1:",
                        verbose_name="public key",
                    ),
                ),
                (
                    "key_id",
                    models.CharField(
                        editable=False,
                        max_length=16,
                        unique=True,
                        verbose_name="key identifier",
                    ),
                ),
                (
                    "suite",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "X25519"), (1, "ML-KEM-768 with X25519")],
                        editable=False,
                        verbose_name="suite",
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        editable=False, max_length=39, verbose_name="fingerprint"
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        help_text="A role shown in public, never a person's name.",
                        max_length=100,
                        verbose_name="held by",
                    ),
                ),
                (
                    "is_escrow",
                    models.BooleanField(default=False, verbose_name="kept in escrow"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, verbose_name="demo key"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "added_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="added on"
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient key",
                "verbose_name_plural": "recipient keys",
                "ordering": ("-active", "holder", "key_id"),
            },
        ),
        migrations.CreateModel(
            name="MailBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "digest",
                    models.BinaryField(
                        max_length=32, verbose_name="digest of the address"
                    ),
                ),
                (
                    "used",
                    models.PositiveSmallIntegerField(default=0, verbose_name="used"),
                ),
            ],
            options={
                "verbose_name": "mail budget",
                "verbose_name_plural": "mail budgets",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "digest"), name="safety_one_budget_per_day"
                    )
                ],
            },
        ),
    ]
