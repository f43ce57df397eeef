"""Signing whole: form, mail, link, counted, withdrawn."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils.translation import override, pgettext

from petitions.models import DailyTally, HandIn, Signature
from tests.conftest import code_in, council_data, counted_data, token_in, work
from tests.petitions.conftest import LANGUAGES, figures, is_written_in, states
from tests.petitions.leaks import every_column, leaked

SECRETS = ("王小明", "siuming@example.com", "LS1 1UR", "zoe@example.com")


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_leads_to_the_thanks_page_of_its_language(
    client, leeds_petition, language
):
    response = client.post(f"/{language}/petitions/leeds/sign", council_data())
    assert response.status_code == 303
    assert response["Location"] == f"/{language}/petitions/leeds/thanks"
    assert response["Cache-Control"] == "no-store"
    assert client.get(response["Location"])["Content-Language"] == language
    assert not response.cookies


def test_a_received_signature_waits_and_does_not_count(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    assert states() == ["received"]
    assert figures() == (0, 0)
    assert not DailyTally.objects.exists()
    assert not mail.outbox


def test_nothing_stored_is_readable(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    client.post("/en/petitions/leeds/sign", counted_data(name="王小明"))
    client.post("/en/petitions/leeds/link", {"email": "siuming@example.com"})
    assert leaked(SECRETS, every_column()) == []
    work()
    assert leaked(SECRETS, every_column()) == []


def test_the_search_for_leaks_would_find_one(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    Signature.objects.update(sealed="王小明 siuming@example.com".encode("utf-16-le"))
    assert leaked(SECRETS, every_column()) == ["王小明", "siuming@example.com"]


def test_a_row_tells_the_day_and_never_the_time(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    row = Signature.objects.values().get()
    timed = [name for name, value in row.items() if hasattr(value, "hour")]
    assert timed == []
    assert row["leased_until"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_comes_in_the_signers_language(client, leeds_petition, language):
    client.post(f"/{language}/petitions/leeds/sign", counted_data())
    assert work() == {"mailed": 1}
    (message,) = mail.outbox
    with override(language):
        assert message.subject == pgettext("mail subject", "Please confirm")
    assert message.to == ["zoe@example.com"]
    assert message.extra_headers["Content-Language"] == language
    assert token_in(message).startswith(f"/{language}/s/")
    assert is_written_in(message.subject, language)
    assert is_written_in(message.body, language)


def test_the_mail_names_neither_petition_nor_place_nor_person(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", council_data())
    work()
    whole = (mail.outbox[0].subject + mail.outbox[0].body).lower()
    assert code_in(mail.outbox[0]).lower() in whole
    for word in ("leeds", "hangzhou", "petition", "sign", "council", "王小明", "china"):
        assert word not in whole.replace(token_in(mail.outbox[0]).lower(), "")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_the_link_changes_nothing(client, leeds_petition, sign, method):
    path = sign(data=council_data())
    before = every_column()
    for _ in range(10):
        getattr(client, method)(path)
    assert every_column() == before
    client.post(path, {"action": "confirm"})
    assert every_column() != before


@pytest.mark.parametrize("language", LANGUAGES)
def test_pressing_the_button_counts(client, leeds_petition, sign, language):
    path = sign(language=language, data=council_data())
    response = client.post(path, {"action": "confirm"})
    assert response.context["step"] == "done"
    assert response["Content-Language"] == language
    assert "no-store" in response["Cache-Control"]
    assert figures() == (1, 1)
    tally = DailyTally.objects.values_list("confirmed", "withdrawn", "quarantined")
    assert list(tally) == [(1, 0, 0)]


def test_a_counted_signer_is_a_supporter_but_not_valid_for_the_council(
    leeds_petition, confirmed
):
    confirmed()
    assert figures() == (1, 0)


def test_confirming_wipes_address_language_and_code(leeds_petition, confirmed):
    confirmed(data=council_data())
    row = Signature.objects.get()
    assert (row.email_encrypted, row.language, row.code_digest) == (None, "", None)
    assert (row.mailed_on, row.leased_until, row.tries) == (None, None, 0)
    assert bytes(row.sealed)


def test_pressing_twice_counts_once(client, leeds_petition, confirmed):
    path = confirmed(data=council_data())
    before = every_column()
    assert client.post(path, {"action": "confirm"}).context["step"] == "manage"
    assert every_column() == before
    assert figures() == (1, 1)


def test_withdrawing_takes_the_row_and_the_count_away(
    client, leeds_petition, confirmed, settings
):
    path = confirmed(data=council_data())
    uuid = Signature.objects.get().pk
    response = client.post(path, {"action": "withdraw"})
    assert response.context["step"] == "withdrawn"
    assert figures() == (0, 0)
    assert not Signature.objects.exists()
    assert (settings.KEYS_DIR / "withdrawn.txt").read_text() == f"{uuid}\n"
    assert DailyTally.objects.get().withdrawn == 1


def test_a_withdrawn_signature_is_never_revived(client, leeds_petition, confirmed):
    path = confirmed(data=council_data())
    client.post(path, {"action": "withdraw"})
    assert client.post(path, {"action": "confirm"}).status_code == 404
    assert client.get(path).status_code == 404
    assert figures() == (0, 0)


def test_withdrawing_twice_takes_away_once(client, leeds_petition, confirmed, settings):
    path = confirmed()
    confirmed(email="other@example.com")
    client.post(path, {"action": "withdraw"})
    assert client.post(path, {"action": "withdraw"}).status_code == 404
    assert figures() == (1, 0)
    assert len((settings.KEYS_DIR / "withdrawn.txt").read_text().split()) == 1


def test_who_has_withdrawn_can_sign_again(client, leeds_petition, confirmed):
    client.post(confirmed(), {"action": "withdraw"})
    confirmed()
    assert figures() == (1, 0)
    assert states() == ["confirmed"]


def test_not_me_deletes_the_attempt_on_post_only(client, leeds_petition, sign):
    path = sign()
    client.get(path + "?action=not_me")
    assert states() == ["pending"]
    assert client.post(path, {"action": "not_me"}).context["step"] == "not_me"
    assert states() == []
    assert figures() == (0, 0)


@pytest.mark.parametrize("action", ["", "delete", "confirm\0", "CONFIRM"])
def test_an_unknown_action_changes_nothing(client, leeds_petition, sign, action):
    path = sign()
    before = every_column()
    assert client.post(path, {"action": action}).context["step"] == "confirm"
    assert every_column() == before


def test_another_site_cannot_press_the_button(client, leeds_petition, sign):
    path = sign()
    response = client.post(
        path, {"action": "confirm"}, headers={"Origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert (states(), figures()) == (["pending"], (0, 0))


def test_a_closed_petition_still_takes_confirmations(client, leeds_petition, sign):
    path = sign()
    leeds_petition.close(leeds_petition.opens_on)
    assert client.get(path).context["step"] == "confirm"
    assert client.post(path, {"action": "confirm"}).context["step"] == "done"
    assert figures() == (1, 0)


def test_a_petition_that_was_handed_in_takes_none(client, leeds_petition, sign):
    path = sign()
    leeds_petition.hand_in(leeds_petition.opens_on)
    assert client.get(path).context["step"] == "closed"
    assert client.post(path, {"action": "confirm"}).context["step"] == "closed"
    assert (figures(), states()) == ((0, 0), ["pending"])


def test_no_confirmation_on_the_fourth_day_after_closing(leeds_petition, clock):
    leeds_petition.close(leeds_petition.opens_on)
    assert leeds_petition.accepts_confirmations
    clock(days=3)
    assert leeds_petition.accepts_confirmations
    clock(days=1)
    assert not leeds_petition.accepts_confirmations


HANDED_IN = {
    "en": ("the council keeps its list", "The council has the list"),
    "zh-hant": ("議會仍保留名單", "議會已持有遞交的名單"),
    "zh-hans": ("议会仍保留名单", "议会已持有提交的名单"),
}


@pytest.mark.parametrize("language", HANDED_IN)
def test_after_hand_in_our_copy_goes_and_the_page_says_the_council_has_its_own(
    client, leeds_petition, confirmed, settings, language
):
    confirmed(data=council_data(email="stays@example.com"))
    path = confirmed(data=council_data()).replace("/en/", f"/{language}/")
    leeds_petition.refresh_from_db()
    HandIn(petition=leeds_petition, day=leeds_petition.opens_on, way="post").record()
    before, after = HANDED_IN[language]
    assert before in client.get(path).content.decode()
    assert after in client.post(path, {"action": "withdraw"}).content.decode()
    assert (states(), figures()) == (["confirmed"], (1, 1))
    assert HandIn.objects.values_list("supporters", "council_valid").get() == (2, 2)
    assert len((settings.KEYS_DIR / "withdrawn.txt").read_text().split()) == 1
    assert client.get(path).status_code == 404
    call_command("recount")


def test_before_hand_in_the_page_speaks_of_no_list(client, leeds_petition, confirmed):
    path = confirmed(data=council_data())
    page = client.post(path, {"action": "withdraw"}).content.decode()
    assert "list" not in page


def test_the_link_page_is_kept_by_nobody(client, leeds_petition, sign):
    response = client.get(sign())
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
