"""The worker as a command."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import InterfaceError, OperationalError

from safety.models import OutgoingMail
from tests.petitions.conftest import ADDRESSES, link_of, mailed_to, states


@pytest.fixture
def run_worker(transactional_db, monkeypatch):
    """Run the worker once; the test process keeps its own signals."""
    monkeypatch.setattr("petitions.management.commands.run_worker.signal.signal", print)
    return lambda: call_command("run_worker", "--once")


def test_the_worker_works_through_all_that_waits(three, run_worker, capsys):
    run_worker()
    assert mailed_to() == ADDRESSES
    assert "mailed: 3" in capsys.readouterr().out


def test_the_worker_sends_links_too(client, leeds_petition, confirmed, run_worker):
    confirmed()
    client.post("/en/petitions/leeds/link", {"email": "zoe@example.com"})
    run_worker()
    assert link_of(mail.outbox[-1])
    assert not OutgoingMail.objects.exists()


def test_the_worker_stops_when_the_relay_is_down(three, relay, run_worker):
    relay["all"] = ConnectionRefusedError()
    run_worker()
    assert states() == ["received"] * 3


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_worker_outlives_a_database_that_does_not_answer(
    three, run_worker, monkeypatch, capsys, error
):
    def no_answer():
        raise error("server closed the connection")

    monkeypatch.setattr(
        "petitions.management.commands.run_worker.post_received", no_answer
    )
    run_worker()
    assert "trying again" in capsys.readouterr().err
