"""What is no form of ours: a clear answer in the page's language, and no row."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import council_data, counted_data
from tests.petitions.conftest import LANGUAGES, assert_refused, assert_sent_back, states

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
ACTING = ["petitions/leeds/sign", "petitions/leeds/code", "petitions/leeds/link"]


# --- Bodies ----------------------------------------------------------------------------
GARBAGE = {
    "nothing": (b"", FORM),
    "noise": (bytes(range(256)) * 8, FORM),
    "percent signs": (b"%%%=%zz&&&=;%", FORM),
    "bad utf-8": (b"email=%ff%fe&name=\xff\xfe&agree=on&audience=counted", FORM),
    "nul": (b"email=a%00@example.com&agree=on&audience=counted&wording=1", FORM),
    "json": (b'{"email": "a@example.com"}', "application/json"),
    "no type": (b"email=a@example.com&agree=on&wording=1", ""),
    "xml": (b"<?xml version='1.0'?><a/>", "text/xml"),
    "empty multipart": (b"--x--\r\n", MULTIPART),
    "huge wording": (b"wording=" + b"9" * 5000, FORM),
    "bad base64": (
        b'--x\r\nContent-Disposition: form-data; name="email"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--x--",
        MULTIPART,
    ),
    "other charset": (b"email=a@example.com", f"{FORM}; charset=utf-16"),
    "surrogates": (b"name=%ed%a0%80&audience=council&agree=on&wording=1", FORM),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_gets_the_form_back(client, leeds_petition, language, what):
    body, kind = GARBAGE[what]
    response = client.post(f"/{language}/petitions/leeds/sign", body, content_type=kind)
    assert_sent_back(response, language, "email")


UNREADABLE = {
    "broken multipart": (b"--y\r\nbroken", "multipart/form-data"),
    "no boundary": (b"--x\r\n", "multipart/form-data; boundary="),
    "no such form": (b"x", "multipart/form-data; boundary=" + "x" * 300),
    "too many fields": (b"&".join(b"a=1" for _ in range(1001)), FORM),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ACTING)
@pytest.mark.parametrize("what", UNREADABLE)
def test_an_unreadable_request_is_refused(
    client, leeds_petition, language, address, what
):
    body, kind = UNREADABLE[what]
    response = client.post(f"/{language}/{address}", body, content_type=kind)
    assert_refused(response, 400, language)
    assert states() == []


CHARSETS = [
    "hex",
    "rot13",
    "base64",
    "utf-7",
    "unicode_escape",
    "utf-16",
    "idna",
    "zlib",
]


@pytest.mark.parametrize("address", ACTING)
@pytest.mark.parametrize("charset", CHARSETS)
def test_a_strange_character_set_is_no_failure_of_ours(
    client, leeds_petition, address, charset
):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n+2AA-\r\n--x--\r\n'
    )
    kind = f"{MULTIPART}; charset={charset}"
    response = client.generic("POST", f"/en/{address}", body, kind)
    assert response.status_code == 422
    assert states() == []


def test_a_file_in_place_of_a_field_is_no_field(client, leeds_petition, tmp_path):
    (tmp_path / "name.txt").write_text("Zoë")
    with (tmp_path / "name.txt").open("rb") as file:
        response = client.post("/en/petitions/leeds/sign", council_data(name=file))
    assert_sent_back(response, "en", "name")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ACTING)
def test_a_megabyte_is_refused(client, leeds_petition, language, address):
    data = counted_data(name="x" * 1_000_000)
    assert_refused(client.post(f"/{language}/{address}", data), 413, language)
    assert states() == []


def test_a_megabyte_for_the_button_is_refused(client, leeds_petition, sign):
    path = sign()
    data = {"action": "confirm", "more": "x" * 1_000_000}
    assert_refused(client.post(path, data), 413, "en")
    assert states() == ["pending"]


def test_thirty_kilobytes_are_read(client, leeds_petition):
    answer = client.post("/en/petitions/leeds/sign", counted_data(more="x" * 30_000))
    assert answer.status_code == 303


@pytest.mark.parametrize("length", ["-1", "1e3", "", "abc", "9" * 5000, "²"])
def test_a_senseless_length_is_no_failure_of_ours(client, leeds_petition, length):
    response = client.post(
        "/en/petitions/leeds/sign",
        b"email=a%40example.com",
        content_type=FORM,
        CONTENT_LENGTH=length,
    )
    assert response.status_code in (400, 413, 422)
    assert states() == []


# --- Fields ------------------------------------------------------------------------------
REQUIRED = ["audience", "name", "postcode", "connection", "email", "agree"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", REQUIRED)
def test_a_missing_field_is_asked_for_and_the_others_are_kept(
    client, leeds_petition, language, field
):
    data = council_data()
    del data[field]
    response = client.post(f"/{language}/petitions/leeds/sign", data)
    assert_sent_back(response, language, field)
    form = response.context["form"]
    assert list(form.errors) == [field]
    kept = {name: form[name].value() for name in data}
    assert kept == data | ({"agree": True} if "agree" in data else {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["", "everybody", "COUNCIL", "\0", "council\n"])
def test_a_senseless_audience_is_asked_again(
    client, leeds_petition, language, audience
):
    data = council_data(audience=audience)
    response = client.post(f"/{language}/petitions/leeds/sign", data)
    assert_sent_back(response, language, "audience")
    assert 'value="王小明"' in response.content.decode()


def test_a_form_that_came_back_can_be_sent_again_as_it_is(client, leeds_petition):
    data = council_data(agree="")
    form = client.post("/zh-hant/petitions/leeds/sign", data).context["form"]
    again = {name: form[name].value() or "" for name in form.fields} | {"agree": "on"}
    assert client.post("/zh-hant/petitions/leeds/sign", again).status_code == 303
    assert states() == ["received"]


# --- Methods and origins --------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ACTING)
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_another_method_is_refused(client, leeds_petition, language, address, method):
    response = getattr(client, method)(f"/{language}/{address}")
    assert_refused(response, 405, language)
    assert response["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_the_button_takes_no_other_method(client, leeds_petition, sign, method):
    path = sign()
    response = getattr(client, method)(path)
    assert_refused(response, 405, "en")
    assert response["Allow"] == "GET, HEAD, POST"
    assert states() == ["pending"]


def test_reading_the_sign_address_with_values_records_nothing(client, leeds_petition):
    response = client.get("/en/petitions/leeds/sign", counted_data())
    assert response.status_code == 302
    assert response["Location"] == "/en/petitions/leeds/"
    assert states() == []


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver:8080"},
    {"Origin": ""},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "none"},
]
OWN = [
    {},
    {"Origin": "http://testserver"},
    {"Origin": "HTTP://TestServer"},
    {"Origin": "null"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_on_another_site_is_refused(client, leeds_petition, language, headers):
    for address in ACTING:
        data = counted_data(code="x")
        response = client.post(f"/{language}/{address}", data, headers=headers)
        assert_refused(response, 403, language)
    assert states() == []


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_our_own_form_is_taken_whatever_the_browser_says_of_itself(
    client, leeds_petition, headers
):
    response = client.post("/en/petitions/leeds/sign", counted_data(), headers=headers)
    assert response.status_code == 303
    assert states() == ["received"]


def test_signing_needs_no_cookie_even_where_forms_are_checked(leeds_petition):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/petitions/leeds/sign", counted_data())
    assert answer.status_code == 303
    assert not strict.cookies
