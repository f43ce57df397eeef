"""Organisers at the desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


@pytest.fixture
def log_in(client, django_user_model):
    """Log in an organiser who has these permissions and no other."""

    def logged_in(*codenames):
        user = django_user_model.objects.create_user("helper", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return logged_in


def event_values(**changes):
    """What an organiser types about Newcastle's vote."""
    return {
        "status": "ended",
        "happened_on": timezone.now().date().isoformat(),
        "source_title": "Minutes of the council",
        "source_url": "https://example.org/minutes",
        "source_kind": "council",
        "archived_url": "",
        "summary_en": "The council voted to end the agreement.",
        "summary_zh_hant": "議會投票終止協議。",
        "summary_zh_hans": "",
        **changes,
    }
