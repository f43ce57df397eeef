"""A restored backup forgets who has withdrawn since it was made."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from petitions.models import Petition, Signature
from tests.conftest import counted_data


@pytest.fixture
def two(client, world_petition, sign):
    """Two confirmed signatures on the worldwide petition."""
    for email in ("zoe@example.com", "siuming@example.com"):
        path = sign("world", data=counted_data(email=email))
        client.post(path, {"action": "confirm"})
    return list(Signature.objects.order_by("pk"))


def supporters():
    return Petition.objects.get(slug="world").supporters


def test_those_who_withdrew_are_gone_and_not_counted(two, tmp_path, capsys):
    path = tmp_path / "withdrawn.txt"
    path.write_text(f"{two[0].pk}\n{two[0].pk}\n00000000-0000-0000-0000-000000000000\n")
    call_command("replay_withdrawals", path)
    assert capsys.readouterr().out == "1 withdrawn, 1 were gone already.\n"
    assert [row.pk for row in Signature.objects.all()] == [two[1].pk]
    assert supporters() == 1
    call_command("recount")


def test_replaying_the_very_file_that_is_written_ends_and_can_be_repeated(
    two, settings
):
    path = settings.KEYS_DIR / "withdrawn.txt"
    path.write_text(f"{two[0].pk}\n")
    call_command("replay_withdrawals", path)
    call_command("replay_withdrawals", path)
    assert supporters() == 1


@pytest.mark.parametrize("text", ["no uuid", "\udcff"])
def test_a_file_that_is_something_else_changes_nothing(two, tmp_path, text):
    path = tmp_path / "withdrawn.txt"
    path.write_bytes(f"{two[0].pk}\n".encode() + text.encode(errors="surrogateescape"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("replay_withdrawals", path)
    assert supporters() == 2
