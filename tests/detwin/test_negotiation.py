"""Which language a reader lands on, and what old or foreign addresses lead to."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "/en/"),
        ("en-US,en;q=0.9", "/en/"),
        ("fr", "/en/"),
        ("yue", "/zh-hant/"),
        ("yue-HK,yue;q=0.9", "/zh-hant/"),
        ("yue-Hant-HK", "/zh-hant/"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "/zh-hant/"),
        ("zh-TW", "/zh-hant/"),
        ("zh", "/zh-hant/"),
        ("zh-CN,zh;q=0.9", "/zh-hans/"),
        ("zh-SG", "/zh-hans/"),
        ("de,zh-CN;q=0.5", "/zh-hans/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(client, accepted, expected):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, expected)


def test_the_redirect_depends_on_the_language_and_on_no_cookie(client):
    response = client.get("/?utm=x")
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies
    assert response["Location"] == "/en/?utm=x"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/zh-HK/petitions/leeds/?a=1&b=%E5%88%97", "/zh-hant/petitions/leeds/"),
        ("/zh-tw/", "/zh-hant/"),
        ("/zh/cities/", "/zh-hant/cities/"),
        ("/tc/", "/zh-hant/"),
        ("/sc/news/", "/zh-hans/news/"),
        ("/zh-CN/", "/zh-hans/"),
        ("/en-GB/cities/", "/en/cities/"),
        ("/ZH-Hant/cities/", "/zh-hant/cities/"),
        ("/EN/", "/en/"),
    ],
)
def test_other_names_of_a_language_lead_to_ours_for_good(client, asked, expected):
    response = client.get(asked)
    path, _, query = asked.partition("?")
    assert response.status_code == 301
    assert response["Location"] == expected + (f"?{query}" if query else "")
    assert not response.cookies


@pytest.mark.parametrize("path", ["/fr/", "/zhx/", "/enough/"])
def test_no_other_first_word_is_taken_for_a_language(client, db, path):
    assert client.get(path).status_code == 404


def test_the_language_of_the_address_counts_more_than_the_browsers(client, db):
    response = client.get("/zh-hans/trust/", headers={"accept-language": "en"})
    assert '<html lang="zh-Hans"' in response.content.decode()


@pytest.mark.parametrize(
    ("code", "tag"),
    [("en", "en-GB"), ("zh-hant", "zh-Hant-HK"), ("zh-hans", "zh-Hans")],
)
def test_links_to_the_other_languages_keep_page_and_query(client, db, code, tag):
    context = client.get(f"/{code}/cities/?q=leeds").context
    links = {link["code"]: link for link in context["language_links"]}
    assert context["language_tag"] == tag
    assert [code for code, link in links.items() if link["is_current"]] == [code]
    assert {code: link["href"] for code, link in links.items()} == {
        "en": "/en/cities/?q=leeds",
        "zh-hant": "/zh-hant/cities/?q=leeds",
        "zh-hans": "/zh-hans/cities/?q=leeds",
    }
