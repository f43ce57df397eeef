from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from safety.models import MailDomain

pytestmark = pytest.mark.django_db


def test_the_tables_match_the_models():
    call_command("makemigrations", "safety", check=True, dry_run=True, verbosity=0)


def test_the_first_mail_domains_can_be_taken_back_and_put_again():
    migration = import_module("safety.migrations.0002_seed_mail_domains")
    MailDomain.objects.all().delete()
    own = MailDomain.objects.create(domain="ours.example")
    migration.seed(apps, None)
    assert MailDomain.objects.filter(in_mainland_china=True).count() == 18
    migration.unseed(apps, None)
    assert list(MailDomain.objects.all()) == [own]
