"""Anything at all, posted or asked for: never a failure of ours, never half a row."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitions.links import token_of
from petitions.models import Petition, Signature
from safety.models import OutgoingMail
from tests.conftest import council_data
from tests.petitions.leaks import every_column

EXAMPLES = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LANGUAGE = st.sampled_from(["en", "zh-hant", "zh-hans"])
NASTY = st.sampled_from(
    [
        *("\0", "\r\nBcc: x@example.com", "\u202e", "\u200b", "\ufeff", "\ufffd"),
        *("=1+1", "+1", "-1", "@x", "<script>", "{{ x }}", "%s", "' OR 1=1 --"),
        *("王小明", "שלום", "محمد", "💥", "ﷺ" * 12, "İ", "ß", "𠮷" * 120, "9" * 400),
        *("council", "counted", "lives", "on", "1", "2", "zoe@example.com", "LS1 1UR"),
    ]
)
TEXT = st.one_of(NASTY, st.text(max_size=300), st.lists(NASTY, max_size=4).map("".join))
FIELDS = [*council_data(), "postal_address", "area", "anyway", "website", "code"]
POSTED = st.dictionaries(st.sampled_from([*FIELDS, "other"]), TEXT, max_size=12)
SLUG = st.sampled_from(["leeds", "sheffield", "world"])


@pytest.fixture
def petitions(leeds_petition, sheffield_petition, world_petition):
    """Petitions that ask for different fields, and a browser."""
    return Client()


def check(response):
    """No failure, and whatever is refused is refused in words."""
    assert response.status_code in (200, 302, 303, 400, 403, 404, 405, 409, 413, 422)
    if response.status_code >= 400:
        assert b"<h1" in response.content


@EXAMPLES
@given(slug=SLUG, language=LANGUAGE, changes=POSTED, whole=st.booleans())
def test_the_sign_form_never_fails(petitions, slug, language, changes, whole):
    before = Signature.objects.count()
    data = council_data(**changes) if whole else changes
    response = petitions.post(f"/{language}/petitions/{slug}/sign", data)
    check(response)
    stored = Signature.objects.count() - before
    assert stored == (1 if response.status_code == 303 else 0)


@EXAMPLES
@given(language=LANGUAGE, code=TEXT)
def test_the_code_form_never_fails(petitions, language, code):
    check(petitions.post(f"/{language}/petitions/leeds/code", {"code": code}))


@EXAMPLES
@given(language=LANGUAGE, email=TEXT)
def test_the_link_form_never_fails(petitions, language, email):
    before = OutgoingMail.objects.count()
    response = petitions.post(f"/{language}/petitions/leeds/link", {"email": email})
    check(response)
    queued = OutgoingMail.objects.count() - before
    assert queued == (1 if response.status_code == 200 else 0)


KINDS = st.sampled_from(
    [
        *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
        *("multipart/form-data", "application/json", "text/plain", "", "x"),
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data; boundary=x; charset=hex",
        'multipart/form-data; boundary="\u00e9"',
    ]
)
PARTS = st.sampled_from(
    [
        *(b"--x\r\n", b"--x--", b"\r\n\r\n", b"email=", b"&", b"%", b"=", b";"),
        b'Content-Disposition: form-data; name="email"',
        b'Content-Disposition: form-data; name="name"; filename="a"',
        b"Content-Transfer-Encoding: base64",
        b"a@example.com",
        b"\xff\xfe\x00",
    ]
)
BODY = st.one_of(st.binary(max_size=400), st.lists(PARTS, max_size=12).map(b"".join))


@EXAMPLES
@given(
    body=BODY, kind=KINDS, action=st.sampled_from(["sign", "code", "link"]), slug=SLUG
)
def test_no_bytes_make_a_form_fail(petitions, body, kind, action, slug):
    before = Signature.objects.count()
    path = f"/en/petitions/{slug}/{action}"
    response = petitions.generic("POST", path, body, kind)
    check(response)
    assert Signature.objects.count() == before


@EXAMPLES
@given(language=LANGUAGE, token=st.text(min_size=1, max_size=200), method=st.booleans())
def test_no_token_makes_the_link_page_fail(petitions, language, token, method):
    path = f"/{language}/s/{quote(token, safe='')}/"
    send = petitions.get if method else petitions.post
    response = send(path, {"action": "confirm"})
    assert response.status_code in (301, 404)


@EXAMPLES
@given(position=st.integers(0, 200), letter=st.characters(max_codepoint=0x2FF))
def test_no_altered_token_is_taken(petitions, position, letter):
    petition = Petition.objects.get(slug="leeds")
    row = Signature.objects.create(
        petition=petition,
        wording=petition.wording,
        state="pending",
        audience="counted",
        received_on=petition.opens_on,
    )
    token = token_of(row)
    position %= len(token)
    altered = token[:position] + letter + token[position + 1 :]
    if altered != token:
        path = f"/en/s/{quote(altered, safe='')}/"
        assert petitions.post(path, {"action": "withdraw"}).status_code in (301, 404)
        assert Signature.objects.filter(pk=row.pk).exists()
    row.delete()


@EXAMPLES
@given(action=TEXT, more=POSTED)
def test_no_action_makes_the_link_page_fail(petitions, action, more):
    petition = Petition.objects.get(slug="leeds")
    row = Signature.objects.create(
        petition=petition,
        wording=petition.wording,
        state="pending",
        audience="counted",
        blind_index=b"fuzz",
        received_on=petition.opens_on,
    )
    response = petitions.post(f"/en/s/{token_of(row)}/", {**more, "action": action})
    assert response.status_code == 200
    assert response.context["step"] == "confirm"
    row.delete()


@EXAMPLES
@given(
    language=LANGUAGE,
    slug=st.text(min_size=1, max_size=100),
    tail=st.sampled_from(["", "sign", "thanks", "code", "link"]),
)
def test_no_address_makes_a_petition_page_fail(petitions, language, slug, tail):
    path = f"/{language}/petitions/{quote(slug, safe='')}/{tail}"
    assert petitions.get(path).status_code in (200, 301, 302, 404)
    assert petitions.post(path).status_code in (404, 405, 422)


@EXAMPLES
@given(query=TEXT, country=TEXT)
def test_no_search_makes_the_list_fail(petitions, query, country):
    response = petitions.get("/en/petitions/", {"q": query, "country": country})
    assert response.status_code == 200


def test_a_fuzzed_form_leaves_no_trace_when_refused(petitions):
    before = every_column()
    petitions.post("/en/petitions/leeds/sign", council_data(email="no address"))
    assert every_column() == before
