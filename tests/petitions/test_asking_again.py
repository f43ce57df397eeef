"""Two things are asked once more before anything is stored: a wording that has
changed, and an address with a provider in mainland China."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from petitions.models import Signature, Wording
from petitions.standing import forget_standing
from tests.conftest import council_data, counted_data
from tests.petitions.conftest import LANGUAGES, states

CHINESE_PROVIDERS = [
    "qq.com",
    "163.com",
    "126.com",
    "sina.com",
    "139.com",
    "vip.qq.com",
]


def post(client, data, language="en"):
    return client.post(f"/{language}/petitions/leeds/sign", data)


def as_sent_back(response):
    """Return what the browser would send if the person pressed the button again."""
    form = response.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def hidden(name, value):
    return f'<input type="hidden" name="{name}" value="{value}"'


# --- A wording that has changed -----------------------------------------------------------
@pytest.fixture
def reworded(leeds_petition):
    """The Leeds petition has a second wording since the form was loaded."""
    forget_standing()
    return Wording.objects.create(
        petition=leeds_petition,
        number=2,
        **{
            f"{field}_{code}": f"{field} <2> {code}"
            for field in ("title", "ask", "body")
            for code in ("en", "zh_hant", "zh_hans")
        },
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_wording_is_shown_and_asked_again(client, reworded, language):
    response = post(client, council_data(), language)
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (422, language)
    assert response.context["notice"] == "superseded"
    assert escape(f"ask <2> {language.replace('-', '_')}") in page
    assert 'value="王小明"' in page
    assert hidden("wording", 2) in page
    assert states() == []


def test_pressed_again_it_is_signed_under_the_new_wording(client, reworded):
    again = as_sent_back(post(client, council_data()))
    assert post(client, again).status_code == 303
    assert Signature.objects.get().wording == reworded


@pytest.mark.parametrize("number", ["0", "-1", "3", "99999999999", "one", "１"])
def test_a_number_of_no_wording_is_asked_again(client, leeds_petition, number):
    response = post(client, council_data(wording=number))
    if number == "１":  # Python reads full-width digits, and it is the right one.
        assert response.status_code == 303
        return
    assert response.status_code == 422
    assert hidden("wording", 1) in response.content.decode()
    assert states() == []
    assert post(client, as_sent_back(response)).status_code == 303


def test_a_missing_number_is_answered_with_a_reason(client, leeds_petition):
    data = council_data()
    del data["wording"]
    response = post(client, data)
    assert response.status_code == 422
    assert response.context["notice"] or response.context["form"].non_field_errors()
    assert states() == []


def test_a_mistake_and_a_changed_wording_are_told_together(client, reworded):
    response = post(client, council_data(name=""))
    assert response.context["notice"] == "superseded"
    assert response.context["form"].errors["name"]


# --- A provider in mainland China -------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("provider", CHINESE_PROVIDERS)
def test_a_chinese_provider_is_warned_of_before_anything_is_stored(
    client, leeds_petition, language, provider
):
    email = f"zoe@{provider.upper()}"
    response = post(client, counted_data(email=email), language)
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (422, language)
    assert response.context["notice"] == "provider"
    assert f'value="{email}"' in page
    assert hidden("anyway", 1) in page
    assert states() == []


def test_pressed_a_second_time_it_is_taken(client, leeds_petition):
    again = as_sent_back(post(client, counted_data(email="zoe@qq.com")))
    assert post(client, again).status_code == 303
    assert states() == ["received"]


def test_another_address_needs_no_second_press(client, leeds_petition):
    again = as_sent_back(post(client, counted_data(email="zoe@qq.com")))
    assert post(client, again | {"email": "zoe@example.com"}).status_code == 303


@pytest.mark.parametrize("domain", ["notqq.com", "qq.com.example.com", "example.cn"])
def test_who_is_not_on_the_list_is_not_warned(client, leeds_petition, domain):
    assert post(client, counted_data(email=f"zoe@{domain}")).status_code == 303


def test_a_mistake_comes_before_the_warning(client, leeds_petition):
    response = post(client, council_data(email="zoe@qq.com", name=""))
    assert response.context["notice"] == ""
    assert hidden("anyway", 1) not in response.content.decode()
    again = as_sent_back(response) | {"name": "王小明"}
    assert post(client, again).context["notice"] == "provider"


def test_a_changed_wording_and_a_warning_are_two_questions(client, reworded):
    first = post(client, counted_data(email="zoe@qq.com"))
    assert first.context["notice"] == "superseded"
    second = post(client, as_sent_back(first))
    assert second.context["notice"] == "provider"
    assert post(client, as_sent_back(second)).status_code == 303
