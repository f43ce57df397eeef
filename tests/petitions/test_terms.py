"""What a sign form asks: the council's rules, the default, or nothing but an address."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cities.models import PetitionRules, Place
from petitions.areas import find_area
from petitions.models import Petition, Signature
from safety.models import RecipientKey
from safety.recipients import forget_live_keys
from tests.conftest import (
    council_data,
    counted_data,
    make_petition,
    make_place,
)
from tests.petitions.conftest import LANGUAGES, assert_sent_back, figures, states


def shown(client, slug, language="en"):
    """Return the names of the fields that the page's form shows, without the hidden."""
    response = client.get(f"/{language}/petitions/{slug}/")
    page = response.content.decode()
    names = (
        *("audience", "name", "postcode", "postal_address"),
        *("connection", "area", "email", "agree"),
    )
    return [name for name in names if f'name="{name}"' in page]


DEFAULT = ["audience", "name", "postcode", "connection", "email", "agree"]
SHEFFIELD = ["audience", "name", "postal_address", "connection", "email", "agree"]
COUNTED_ONLY = ["email", "agree"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_known_rules_the_default_is_asked(client, leeds_petition, language):
    assert shown(client, "leeds", language) == DEFAULT


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheffield_asks_for_a_postal_address(client, sheffield_petition, language):
    assert shown(client, "sheffield", language) == SHEFFIELD


def test_sheffields_rules_decide_what_is_valid(client, sheffield_petition, confirmed):
    confirmed("sheffield", data=council_data(postal_address="1 Fargate"))
    row = Signature.objects.get()
    assert row.fields_given == "name,postal_address,connection"
    assert (row.connection, row.council_valid) == ("lives", True)
    assert figures("sheffield") == (1, 1)


def test_a_field_that_is_not_asked_is_not_kept(client, sheffield_petition, keys):
    from safety.sealing import open_sealed

    data = council_data(postal_address="1 Fargate", postcode="S1 2HE", area="Leeds")
    client.post("/en/petitions/sheffield/sign", data)
    row = Signature.objects.get()
    record = open_sealed(bytes(row.sealed), keys[0], "petition:sheffield")
    assert (record["postcode"], row.area) == ("", None)


def test_a_council_may_ask_for_both(client, sheffield_petition):
    PetitionRules.objects.update(asks_postcode=True)
    assert shown(client, "sheffield") == [
        *("audience", "name", "postcode", "postal_address"),
        *("connection", "email", "agree"),
    ]


def test_only_the_connections_that_the_council_takes_are_offered(
    client, sheffield_petition
):
    PetitionRules.objects.update(allows_works=False, allows_studies=False)
    page = client.get("/en/petitions/sheffield/").content.decode()
    assert 'value="lives"' in page
    assert 'value="works"' not in page
    data = council_data(postal_address="1 Fargate", connection="works")
    response = client.post("/en/petitions/sheffield/sign", data)
    assert_sent_back(response, "en", "connection")


NO_OUTSIDE = {
    "en": "This council does not take petitions from other sites.",
    "zh-hant": "此議會不接受其他網站的聯署。",
    "zh-hans": "此议会不接受其他网站的联署。",
}
NO_KEYS = {
    "en": "For now you can only be counted without a name.",
    "zh-hant": "目前只能不留姓名計入人數。",
    "zh-hans": "目前只能不留姓名计入人数。",
}


# --- Only counted ---------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_council_that_takes_no_outside_petitions_gets_no_names(
    client, sheffield_petition, language
):
    PetitionRules.objects.update(takes_outside_petitions="no")
    assert shown(client, "sheffield", language) == COUNTED_ONLY
    page = client.get(f"/{language}/petitions/sheffield/").content.decode()
    assert NO_OUTSIDE[language] in page


def test_whoever_posts_a_name_there_is_counted_without_it(client, sheffield_petition):
    PetitionRules.objects.update(takes_outside_petitions="no")
    data = council_data(postal_address="1 Fargate")
    assert client.post("/en/petitions/sheffield/sign", data).status_code == 303
    row = Signature.objects.get()
    assert (row.audience, row.sealed, row.fields_given) == ("counted", None, "")


def only_escrow():
    RecipientKey.objects.filter(is_escrow=False).update(active=False)


def only_holder():
    RecipientKey.objects.filter(is_escrow=True).update(active=False)


def only_demo():
    RecipientKey.objects.update(is_demo=True)


def none():
    RecipientKey.objects.update(active=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lack", [only_escrow, only_holder, only_demo, none])
def test_without_two_live_keys_only_counted_is_offered(
    client, leeds_petition, lack, language
):
    whole = client.get(f"/{language}/petitions/leeds/")
    lack()
    forget_live_keys()
    response = client.get(f"/{language}/petitions/leeds/")
    assert shown(client, "leeds", language) == COUNTED_ONLY
    assert NO_KEYS[language] in response.content.decode()
    assert NO_KEYS[language] not in whole.content.decode()


@pytest.mark.parametrize("lack", [only_escrow, only_holder, only_demo, none])
def test_without_two_live_keys_no_name_is_taken(client, leeds_petition, lack):
    lack()
    forget_live_keys()
    assert client.post("/en/petitions/leeds/sign", council_data()).status_code == 303
    row = Signature.objects.get()
    assert (row.audience, row.sealed) == ("counted", None)


# --- Country and world: where supporters are -------------------------------------------
@pytest.fixture
def gb_petition(keys):
    return make_petition(
        slug="gb",
        scope=Petition.Scope.COUNTRY,
        country="GB",
        addressee_en="The UK government",
        addressee_zh_hant="英國政府",
        addressee_zh_hans="英国政府",
    )


@pytest.fixture
def places(leeds, db):
    """Leeds, two places called Richmond, one of them in Canada, and Hangzhou."""
    make_place("richmond-upon-thames", en="Richmond", hant="里士滿", hans="里士满")
    make_place("richmond-bc", "CA", en="Richmond", hant="列治文", hans="列治文")
    make_place("koeln", "DE", en="Cologne", hant="科隆", other_names="Köln")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["world", "gb"])
def test_wide_petitions_offer_only_counted_and_an_area(
    client, world_petition, gb_petition, slug, language
):
    assert shown(client, slug, language) == ["area", "email", "agree"]


AREAS = [
    *("Leeds", "leeds", " LEEDS ", "ＬＥＥＤＳ", "列斯", "利兹"),
    *("Köln", "koln", "Cologne", "科隆", "richmond-bc", "列治文"),
]


@pytest.mark.parametrize("typed", AREAS)
def test_an_area_is_found_by_any_name_in_any_script(
    client, world_petition, places, typed
):
    data = counted_data(area=typed)
    assert client.post("/en/petitions/world/sign", data).status_code == 303
    found = Signature.objects.get().area.slug
    assert found in ("leeds", "koeln", "richmond-bc")


@pytest.mark.parametrize("typed", ["", "  ", "!?", "\u3000"])
def test_the_area_may_be_left_empty(client, world_petition, places, typed):
    data = counted_data(area=typed)
    assert client.post("/en/petitions/world/sign", data).status_code == 303
    assert Signature.objects.get().area is None


BAD_AREAS = ["Atlantis", "Lee", "Leeds|Koeln", "杭州", "Hangzhou", "%", "x" * 81, "a\0"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", [area for area in BAD_AREAS if area != "%"], ids=ascii
)
def test_an_unknown_area_is_answered_in_words(
    client, world_petition, places, typed, language
):
    data = counted_data(area=typed)
    response = client.post(f"/{language}/petitions/world/sign", data)
    assert_sent_back(response, language, "area")
    assert 'value="zoe@example.com"' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ambiguous_area_names_the_choices(client, world_petition, places, language):
    data = counted_data(area="Richmond")
    response = client.post(f"/{language}/petitions/world/sign", data)
    assert_sent_back(response, language, "area")
    assert "richmond-bc" in response.content.decode()
    assert "richmond-upon-thames" in response.content.decode()


def test_within_a_country_the_name_is_not_ambiguous(client, gb_petition, places):
    data = counted_data(area="Richmond")
    assert client.post("/en/petitions/gb/sign", data).status_code == 303
    assert Signature.objects.get().area.slug == "richmond-upon-thames"


def test_a_place_of_another_country_is_not_on_its_list(client, gb_petition, places):
    response = client.post("/en/petitions/gb/sign", counted_data(area="Köln"))
    assert_sent_back(response, "en", "area")


def test_no_search_text_matches_as_a_pattern(places):
    for typed in ("l%s", "l_eds", "%eeds"):
        with pytest.raises(ValidationError):
            find_area(typed)


def test_a_place_in_china_is_no_area(places):
    assert Place.objects.filter(slug="hangzhou").exists()
    with pytest.raises(ValidationError):
        find_area("hangzhou")


def test_a_name_posted_to_the_world_is_thrown_away(client, world_petition):
    client.post("/en/petitions/world/sign", council_data(area=""))
    row = Signature.objects.get()
    assert (row.audience, row.sealed, row.council_valid) == ("counted", None, False)


def test_a_world_signature_counts(client, world_petition, sign, places):
    path = sign("world", area="利茲")
    client.post(path, {"action": "confirm"})
    assert figures("world") == (1, 0)
    assert states("world") == ["confirmed"]
