"""The code from the mail, typed by hand."""

from __future__ import annotations

import pytest
from django.core import mail

from petitions.models import Signature
from tests.conftest import code_in, make_petition, make_place
from tests.petitions.conftest import LANGUAGES, assert_refused, figures, states
from tests.petitions.leaks import every_column

FULL_WIDTH = {
    ord(char): ord(char) + 0xFEE0 for char in "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"
}


def post_code(client, code, slug="leeds", language="en"):
    return client.post(f"/{language}/petitions/{slug}/code", {"code": code})


@pytest.fixture
def code(sign, leeds_petition):
    """Sign and return the code of the mail."""
    sign()
    return code_in(mail.outbox[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_leads_where_the_link_leads(client, code, language):
    response = post_code(client, code, language=language)
    assert response.status_code == 303
    assert response["Location"].startswith(f"/{language}/s/")
    page = client.get(response["Location"])
    assert page.context["step"] == "confirm"
    client.post(response["Location"], {"action": "confirm"})
    assert figures() == (1, 0)


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.translate(FULL_WIDTH),
        lambda code: f"  {code[:4]}  {code[5:7]} {code[7:]} ",
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "\u2013"),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: "\u3000".join(code.lower().translate(FULL_WIDTH)),
    ],
    ids=["full width", "spaces", "lower", "no dash", "long dash", "alike", "all"],
)
def test_a_code_is_read_however_it_is_typed(client, code, typed):
    response = post_code(client, typed(code))
    assert response.status_code == 303
    assert client.get(response["Location"]).context["signature"].pk == (
        Signature.objects.get().pk
    )


def test_typing_the_code_changes_nothing(client, code):
    before = every_column()
    post_code(client, code)
    assert every_column() == before


def another(code):
    return ("Z" if code[0] != "Z" else "Y") + code[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "wrong", [another, lambda code: code[:8], lambda code: code * 2]
)
def test_a_wrong_code_is_answered_in_words_and_kept(client, code, language, wrong):
    response = post_code(client, wrong(code), language=language)
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (422, language)
    assert response.context["code_form"].errors["code"][0] in page
    assert f'value="{wrong(code)}"' in page
    assert states() == ["pending"]


@pytest.mark.parametrize("typed", ["", "\0" * 8, "💥" * 8, "x" * 41, "' OR 1=1 --"])
def test_garbage_is_no_code(client, code, typed):
    response = post_code(client, typed)
    assert response.status_code == 422
    assert response.context["code_form"].errors["code"]


def test_a_missing_code_is_asked_for(client, leeds_petition):
    response = client.post("/en/petitions/leeds/code", {"kode": "1"})
    assert response.status_code == 422
    assert response.context["code_form"].errors["code"]


def test_a_code_of_another_petition_is_wrong_here(client, code):
    make_petition(make_place("bradford", council="Bradford Council"))
    assert post_code(client, code, slug="bradford").status_code == 422
    assert post_code(client, code).status_code == 303


def test_a_used_code_is_dead(client, code):
    path = post_code(client, code)["Location"]
    client.post(path, {"action": "confirm"})
    assert post_code(client, code).status_code == 422
    assert figures() == (1, 0)


def test_a_code_is_dead_after_72_hours(client, code, clock):
    clock(hours=47)
    assert post_code(client, code).status_code == 303
    clock(hours=26)
    assert post_code(client, code).status_code == 422


def test_a_code_gives_no_link_a_second_life(client, code, clock):
    clock(hours=47)
    path = post_code(client, code)["Location"]
    clock(hours=26)
    client.post(path, {"action": "confirm"})
    assert figures() == (0, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_guessing_is_stopped(client, code, settings, language):
    settings.THROTTLE_SCALE = 0.1
    answers = [post_code(client, "0000-0000", language=language) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]
    assert_refused(answers[-1], 429, language)
    assert answers[-1]["Retry-After"] == "600"
    assert post_code(client, code).status_code == 429


def test_the_code_is_stored_as_a_digest_only(code):
    assert code.replace("-", "").encode() not in every_column()
    assert code.encode() not in every_column()


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", ["sign", "code", "link"])
def test_reading_an_acting_address_leads_to_the_petition(
    client, leeds_petition, method, name
):
    response = getattr(client, method)(f"/zh-hant/petitions/leeds/{name}")
    assert response.status_code == 302
    assert response["Location"] == "/zh-hant/petitions/leeds/"
