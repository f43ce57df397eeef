"""Links that lead nowhere: altered, foreign, too old, of a signature that is gone."""

from __future__ import annotations

import uuid

import pytest
from django.core.signing import TimestampSigner

from petitions.links import token_of
from petitions.models import Signature
from safety.links import make_token
from tests.petitions.conftest import LANGUAGES, assert_refused, figures, states
from tests.petitions.leaks import every_column


def token_in_path(path):
    return path.split("/")[3]


def foreign(token):
    payload = token.rpartition(".")[0].rpartition(".")[0]
    return TimestampSigner(key="another site", sep=".", salt="safety.links").sign(
        payload
    )


def other_salt(token):
    from django.conf import settings

    payload = token.rpartition(".")[0].rpartition(".")[0]
    return TimestampSigner(key=settings.LINK_KEY, sep=".", salt="x").sign(payload)


ALTERED = {
    "first letter": lambda token: ("A" if token[0] != "A" else "B") + token[1:],
    "last letter": lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    "cut": lambda token: token[:-5],
    "longer": lambda token: token + "A",
    "no signature": lambda token: token.rpartition(".")[0],
    "another time": lambda token: ".".join(
        [token.split(".")[0], "zzzzzz", token.split(".")[2]]
    ),
    "foreign key": foreign,
    "other salt": other_salt,
    "unknown row": lambda token: make_token(uuid.uuid4(), bytes(16)),
    "wrong nonce": lambda token: make_token(Signature.objects.get().pk, bytes(16)),
    "no nonce": lambda token: make_token(Signature.objects.get().pk, b""),
    "nonsense": lambda token: "x",
    "dots": lambda token: "...",
    "chinese": lambda token: "王小明",
    "very long": lambda token: "x" * 5000,
    "nul": lambda token: "%00",
    "bad utf-8": lambda token: "%ff%fe",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", ALTERED)
def test_a_link_that_is_not_ours_leads_nowhere(
    client, leeds_petition, sign, language, how
):
    token = ALTERED[how](token_in_path(sign()))
    before = every_column()
    path = f"/{language}/s/{token}/"
    assert_refused(client.get(path), 404, language)
    assert_refused(client.post(path, {"action": "confirm"}), 404, language)
    assert every_column() == before


def test_the_right_link_leads_somewhere(client, leeds_petition, sign):
    token = token_of(Signature.objects.get(pk=sign() and Signature.objects.get().pk))
    assert client.get(f"/en/s/{token}/").context["step"] == "confirm"


def test_a_link_lives_for_two_whole_days_at_least(client, leeds_petition, sign, clock):
    path = sign()
    clock(hours=48)
    client.post(path, {"action": "confirm"})
    assert figures() == (1, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_confirm_is_dead_after_72_hours(
    client, leeds_petition, sign, clock, language
):
    path = sign(language=language)
    clock(hours=72, seconds=1)
    assert_refused(client.get(path), 404, language)
    assert_refused(client.post(path, {"action": "confirm"}), 404, language)
    assert (states(), figures()) == (["pending"], (0, 0))


def test_a_link_to_manage_has_no_age(client, leeds_petition, confirmed, clock):
    path = confirmed()
    clock(days=200)
    assert client.get(path).context["step"] == "manage"
    client.post(path, {"action": "withdraw"})
    assert figures() == (0, 0)


def test_the_mail_promises_no_day_on_which_the_link_is_dead(
    client, leeds_petition, mail_to, clock
):
    from django.utils.formats import date_format

    from petitions.mailing import valid_until
    from petitions.purging import delete_unconfirmed
    from petitions.settling import today

    message, promised = mail_to(), valid_until()
    assert date_format(promised, "DATE_FORMAT") in message.body
    clock(days=(promised - today()).days)
    delete_unconfirmed(today())
    assert states() == ["pending"]
    clock(days=1)
    delete_unconfirmed(today())
    assert states() == []


def test_no_log_line_holds_a_token(client, leeds_petition, sign, caplog):
    path = sign()
    client.get(path[:-3] + "x/")
    client.get(path[:-1] + "!/more")
    assert "/s/[token]" in caplog.text
    assert token_in_path(path)[:20] not in caplog.text
