"""Two presses, or two organisers, at the same moment."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cities.models import RecordCorrection, StatusEvent, Twinning, TwinningCandidate
from news.models import Article
from safety.audit import verify_chain
from tests.desk.conftest import event_values
from tests.desk.test_importing import WHY, mended, upload
from tests.safety.conftest import at_once

__all__ = ["at_once"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organiser(leeds):
    return get_user_model().objects.create_superuser("organiser", password="x")


def posting(organiser, path, data):
    """Return a press of a button: an organiser has one live session, here twice open."""
    first = Client()
    first.force_login(organiser)

    def press():
        client = Client()
        client.cookies = first.cookies
        return client.post(path, data).status_code

    return press


def test_a_double_press_records_one_decision(organiser, at_once):
    data = {"twinnings": [Twinning.objects.get().pk], **event_values()}
    press = posting(organiser, "/desk/record/decided/leeds/", data)
    assert at_once(4, press) == [302] * 4
    assert (StatusEvent.objects.count(), Article.objects.count()) == (2, 1)
    assert verify_chain() == 2


def test_of_two_decisions_on_a_candidate_the_first_stands(organiser, at_once):
    row = TwinningCandidate.objects.create(
        place_name="Leeds", country="GB", chinese_name="Taiyuan", found_in="A list"
    )
    path = f"/desk/record/candidates/{row.pk}/"
    press = posting(organiser, path, {"action": "reject", "reason": "No."})
    assert sorted(at_once(4, press)) == [200, 200, 200, 302]
    assert verify_chain() == 1


def test_a_plan_confirmed_twice_at_once_is_applied_once(organiser, at_once):
    client = Client()
    client.force_login(organiser)
    token = upload(client, mended(client)).context["token"]
    press = posting(organiser, "/desk/record/import/apply/", {"file": token, **WHY})
    assert at_once(4, press) == [302] * 4
    assert RecordCorrection.objects.count() == 1
    assert StatusEvent.objects.get().source_title == "The list of 2026"
