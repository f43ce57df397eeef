"""Events that most tests of the campaign know."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from campaign.models import Event


def make_event(slug="stall", days=7, hours=2, **values):
    """Store a public stall that starts in so many days."""
    starts = timezone.now().replace(microsecond=0) + datetime.timedelta(days=days)
    values.setdefault("title_en", f"Stall {slug}")
    values.setdefault("title_zh_hant", "街站")
    values.setdefault("title_zh_hans", "街站")
    values.setdefault("starts_at", starts)
    values.setdefault("ends_at", values["starts_at"] + datetime.timedelta(hours=hours))
    values.setdefault("kind", "stall")
    values.setdefault("is_public", True)
    return Event.objects.create(slug=slug, **values)


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client
