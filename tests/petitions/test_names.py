"""Names, postcodes and postal addresses: nearly any is taken, and kept as typed."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from petitions.models import Signature
from petitions.names import BRITISH_POSTCODE
from safety.sealing import open_sealed
from tests.conftest import council_data, counted_data, make_petition, make_place, twin
from tests.petitions.conftest import LANGUAGES, assert_sent_back

TAKEN = [
    "王小明",
    "Zoë O'Brien",
    "Nguyễn Thị Ánh",
    "Nguye\u0302\u0303n Thi\u0323 A\u0301nh",
    "李",
    "X",
    "a" * 120,
    "王" * 120,
    "𠮷" * 120,
    "محمد بن سلمان",
    "שָׂרָה כהן",
    "می\u200cخواهم",
    "Siu-ming 'Sunny' Wong 😀",
    'D\'Angelo & Sons <b>"Bob"</b>',
    "Jr. Martin Luther King, 3rd",
    "Ng (吳)",
]
REFUSED = [
    "",
    "   ",
    "\u3000\u00a0\t",
    "\u200b\u200d\ufeff",
    "a" * 121,
    "王" * 121,
    "Bob\x07",
    "Bob\0",
    "Bob\x1b[31m",
    "Bob\r\nBcc: x@example.com",
    "Bob\u202egnp.exe",
    "\u2067Bob",
    "B\ufffdb",
    '=HYPERLINK("http://evil.example","me")',
    "+44 113 496 0000",
    "-1+1",
    "@SUM(1)",
    "https://evil.example/",
    "see WWW.evil.example",
]


def sign(client, language="en", slug="leeds", **changes):
    return client.post(f"/{language}/petitions/{slug}/sign", council_data(**changes))


def opened(keys, slug="leeds"):
    sealed = bytes(Signature.objects.get().sealed)
    return open_sealed(sealed, keys[0], f"petition:{slug}")


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_reaches_the_council_as_it_was_typed(client, leeds_petition, keys, name):
    assert sign(client, name=f"  {name} ").status_code == 303
    assert opened(keys)["name"] == name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REFUSED, ids=ascii)
def test_what_is_no_name_is_answered_in_words(client, leeds_petition, language, name):
    response = sign(client, language, name=name)
    assert_sent_back(response, language, "name")
    page = response.content.decode()
    assert 'value="siuming@example.com"' in page
    assert 'value="LS1 1UR"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_is_kept_when_something_else_is_wrong(client, leeds_petition, language):
    name = "Zoë O'Brien <b>王小明</b>"
    response = sign(client, language, name=name, email="nonsense")
    assert_sent_back(response, language, "email")
    page = response.content.decode()
    assert f'value="{escape(name)}"' in page
    assert "<b>王" not in page
    assert 'value="nonsense"' in page


@pytest.mark.parametrize("name", [*REFUSED, "王小明"], ids=ascii)
def test_a_counted_signers_name_is_thrown_away(client, leeds_petition, name):
    data = counted_data(name=name, postcode="nonsense", connection="aliens")
    answer = client.post("/en/petitions/leeds/sign", data)
    assert answer.status_code == 303
    row = Signature.objects.get()
    assert (row.sealed, row.connection, row.fields_given) == (None, "", "")
    assert not row.council_valid


# --- Postcodes --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("LS1 1UR", "LS1 1UR"),
        ("ls11ur", "LS11UR"),
        ("  sw1a  2aa ", "SW1A 2AA"),
        ("ＬＳ１　１ＵＲ", "LS1 1UR"),
        ("GIR 0AA", "GIR 0AA"),
        ("EC1A 1BB", "EC1A 1BB"),
    ],
)
def test_a_british_postcode_is_folded(client, leeds_petition, keys, typed, stored):
    assert sign(client, postcode=typed).status_code == 303
    assert opened(keys)["postcode"] == stored


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "LS1",
        "1UR LS1",
        "12345",
        "LS1 1UR\u202e",
        "LS1\0 1UR",
        "L" * 13,
        "ﷺ" * 12,
    ],
    ids=ascii,
)
def test_what_is_no_british_postcode_is_answered_in_words(
    client, leeds_petition, language, typed
):
    response = sign(client, language, postcode=typed)
    assert_sent_back(response, language, "postcode")
    assert 'value="王小明"' in response.content.decode()


def test_no_postcode_of_two_matches_half_of_another():
    assert not BRITISH_POSTCODE.match("LS1 1UR LS1 1UR")


@pytest.fixture
def kiel(hangzhou, keys):
    place = make_place("kiel", "DE", council="Stadt Kiel")
    twin(place, hangzhou, ("active", "2024", "council"))
    return make_petition(place)


@pytest.mark.parametrize("typed", ["24103", "D-24103", "1000 ab", "１０００"])
def test_other_countries_postcodes_are_taken_as_typed(client, kiel, typed):
    assert sign(client, slug="kiel", postcode=typed).status_code == 303


def test_a_postcode_that_grows_when_folded_is_refused(client, kiel):
    response = sign(client, slug="kiel", postcode="ﷺ" * 12)
    assert_sent_back(response, "en", "postcode")


# --- Postal addresses -----------------------------------------------------------------
def test_the_lines_of_a_postal_address_are_joined(client, sheffield_petition, keys):
    address = " 1 Fargate \r\n\r\nSheffield\nS1 2HE "
    answer = sign(client, slug="sheffield", postal_address=address)
    assert answer.status_code == 303
    assert opened(keys, "sheffield")["postal_address"] == "1 Fargate, Sheffield, S1 2HE"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address",
    ["", " \r\n ", "a" * 201, "1 Fargate\x07", "1 Fargate\u202e", "1 \ufffd Fargate"],
    ids=ascii,
)
def test_a_bad_postal_address_is_answered_in_words(
    client, sheffield_petition, language, address
):
    response = sign(client, language, "sheffield", postal_address=address)
    assert_sent_back(response, language, "postal_address")
    assert 'value="王小明"' in response.content.decode()


def test_the_longest_record_of_all_can_be_sealed(client, sheffield_petition, keys):
    rules = sheffield_petition.place.council.rules
    rules.asks_postcode = True
    rules.save()
    longest = {
        "name": "𠮷" * 120,
        "postal_address": "𠮷\n" * 100,
        "postcode": "SW1A 2AA",
        "connection": "studies",
        "email": "e" * 64 + "@" + "d" * 60 + "." + "d" * 60 + "." + "d" * 60 + ".org",
    }
    assert sign(client, "zh-hant", "sheffield", **longest).status_code == 303
    assert opened(keys, "sheffield")["name"] == longest["name"]


@pytest.mark.parametrize("connection", ["", "aliens", "LIVES", "\0"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_connection_is_answered_in_words(
    client, leeds_petition, language, connection
):
    response = sign(client, language, connection=connection)
    assert_sent_back(response, language, "connection")
