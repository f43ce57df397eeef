"""“Our city is missing”: told by anybody, read by organisers, about nobody."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cities.models import MissingPlace

LANGUAGES = ("en", "zh-hant", "zh-hans")


def told(**changes):
    """What a reader posts about Poznań."""
    data = {
        "name": "Poznań",
        "country": "Poland",
        "source": "https://example.org/agreement",
    }
    return {**data, **changes}


def stored():
    return list(MissingPlace.objects.values_list("name", "country", "source", "state"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_offered_in_each_language_with_the_name_searched_for(
    client, db, language
):
    response = client.get(f"/{language}/cities/missing/", {"q": "波茲南\0"})
    assert response.context["form"]["name"].value() == "波茲南"
    assert 'name="robots" content="noindex"' in response.content.decode()
    assert not response.cookies


def test_what_is_told_is_stored_with_the_day_and_nothing_else(client, db):
    response = client.post("/en/cities/missing/", told())
    assert response.status_code == 303
    assert response["Location"] == "/en/cities/missing/thanks/"
    row = MissingPlace.objects.values().get()
    del row["id"]
    today = timezone.now().date()
    assert row == {**told(), "told_on": today, "state": "new"}


def test_telling_twice_is_telling_once_until_it_is_handled(client, db):
    for _ in range(2):
        client.post("/en/cities/missing/", told())
    assert MissingPlace.objects.count() == 1
    MissingPlace.objects.update(state="handled")
    client.post("/en/cities/missing/", told())
    assert sorted(row[3] for row in stored()) == ["handled", "new"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\x07\u202e"),
        ("name", "x" * 81),
        ("country", " "),
        ("source", "javascript:alert(1)"),
        ("source", "no address"),
        ("source", "https://example.org/" + "x" * 500),
    ],
)
def test_a_senseless_answer_comes_back_with_what_was_typed(
    client, db, language, field, value
):
    response = client.post(f"/{language}/cities/missing/", told(**{field: value}))
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    others = {name: text for name, text in told().items() if name != field}
    assert {name: form[name].value() for name in others} == others
    assert stored() == []


def test_a_robot_is_thanked_and_nothing_is_kept(client, db):
    response = client.post("/en/cities/missing/", told(website="http://spam.example"))
    assert response["Location"] == "/en/cities/missing/thanks/"
    assert stored() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "null"}, 303),
    ],
)
def test_only_our_own_page_may_post(client, db, headers, status):
    response = client.post("/en/cities/missing/", told(), headers=headers)
    assert response.status_code == status
    assert len(stored()) == (status == 303)


def test_a_network_that_tells_without_end_is_told_to_wait(client, db, settings):
    settings.THROTTLE_SCALE = 1 / 20
    names = ["Poznań", "Łódź"]
    answers = [client.post("/en/cities/missing/", told(name=name)) for name in names]
    assert [answer.status_code for answer in answers] == [303, 429]
    assert [row[0] for row in stored()] == ["Poznań"]


def test_other_methods_are_refused(client, db):
    assert client.put("/en/cities/missing/").status_code == 405


def test_the_thanks_lead_to_the_worldwide_petition(client, world_petition):
    page = client.get("/zh-hans/cities/missing/thanks/").content.decode()
    assert 'href="/zh-hans/petitions/world/"' in page


def test_no_hit_leads_to_the_form_with_the_query(client, leeds):
    page = client.get("/en/cities/", {"q": "zzz & y"}).content.decode()
    assert 'href="/en/cities/missing/?q=zzz%20%26%20y"' in page


def test_organisers_read_it_and_mark_it_as_handled(admin_client, db):
    MissingPlace.tell(timezone.now().date(), "Poznań", "Poland", "")
    page = admin_client.get("/desk/cities/missingplace/").content.decode()
    assert "Poznań" in page
    key = MissingPlace.objects.get().pk
    action = {"action": "mark_handled", "_selected_action": [key]}
    admin_client.post("/desk/cities/missingplace/", action)
    assert stored() == [("Poznań", "Poland", "", "handled")]
    assert admin_client.get("/desk/cities/missingplace/add/").status_code == 403
    change = admin_client.get(f"/desk/cities/missingplace/{key}/change/")
    assert list(change.context["adminform"].form.fields) == ["state"]
