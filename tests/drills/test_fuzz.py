"""Whatever is posted or asked for, in whatever encoding: never a failure of ours."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitions.links import token_of
from petitions.models import Signature
from tests.conftest import council_data
from tests.desk.fuzzing import post_to_each
from tests.desk.test_fuzz import all_forms
from tests.safety.organisers.conftest import cities

__all__ = ["all_forms", "cities"]
pytestmark = [pytest.mark.django_db, pytest.mark.long]
EXAMPLES = 2_000
BAR = f"{EXAMPLES:,} examples: never a 500, never an acknowledgement without a row"
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MEGABYTE = 2**20
NASTY = st.sampled_from(
    [
        *(
            "\0",
            "\ud800",
            "\udfff\ud800",
            "\r\nBcc: x@example.com",
            "\n",
            "\r",
            "\x1b",
            "\x85",
        ),
        *("\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\ufffd", "\u2028"),
        *(
            "=1+1",
            "+1",
            "-1",
            "@x",
            "＝1",
            "\t=1",
            "<script>",
            "{{ x }}",
            "%s",
            "%00",
            "' OR 1=1 --",
        ),
        *(
            "王小明",
            "שלום",
            "محمد",
            "💥",
            "ﷺ" * 12,
            "İ",
            "ß",
            "𠮷" * 120,
            "9" * 400,
            "a" * 40_000,
        ),
        *(
            "council",
            "counted",
            "lives",
            "on",
            "1",
            "-1",
            "1e9",
            "zoe@example.com",
            "LS1 1UR",
        ),
        *("2026-02-30", "2026-11-24", "0000-00-00", "9999-12-31", "GB", "ended"),
    ]
)
ANYTHING = st.text(st.characters(), max_size=80)
SURROGATES = st.text(st.characters(categories=["Cs"]), min_size=1, max_size=5)
TEXT = st.one_of(NASTY, ANYTHING, SURROGATES, st.lists(NASTY, max_size=4).map("".join))
CODECS = st.sampled_from(
    ["utf-8"] * 4 + ["utf-16", "utf-7", "gb18030", "big5", "shift_jis", "latin-1"]
)
LANGUAGE = st.sampled_from(["en", "zh-hant", "zh-hans"])
SLUG = st.sampled_from(["leeds", "sheffield", "world"])
FIELDS = st.sampled_from(
    [
        *council_data(),
        "postal_address",
        "area",
        "anyway",
        "website",
        "code",
        "action",
        "updates",
        "x",
    ]
)
POSTED = st.dictionaries(FIELDS, TEXT, max_size=12)
SIZE = st.sampled_from([0] * 30 + [MEGABYTE])
KIND = "application/x-www-form-urlencoded"
ARGUMENTS = st.sampled_from(
    ["q", "country", "status", "as-of", "page", "place", "language", "x"]
)
ASKED = st.lists(st.tuples(ARGUMENTS, TEXT), max_size=4)


def encoded(text, codec):
    """Return a text as a browser with that encoding might send it, lone halves too."""
    errors = (
        "surrogatepass" if codec.startswith("utf") and codec != "utf-7" else "replace"
    )
    return quote(text.encode(codec, errors), safe="")


def body_of(pairs, codec, size):
    """Return a form's body, now and then with a field of a megabyte."""
    body = "&".join(f"{quote(name)}={encoded(value, codec)}" for name, value in pairs)
    return body + ("&name=" + "a" * size if size else "")


class Visitor(Client):
    """A browser that counts the answers it gets."""

    def __init__(self):
        super().__init__(raise_request_exception=False)
        self.statuses = Counter()

    def request(self, **request):
        response = super().request(**request)
        self.statuses[response.status_code] += 1
        return response

    def __str__(self):
        answers = ", ".join(
            f"{n:,} × {status}" for status, n in sorted(self.statuses.items())
        )
        return f"{self.statuses.total():,} requests: {answers}"


@pytest.fixture
def visitor(leeds_petition, sheffield_petition, world_petition, found):
    """A browser on petitions that ask for different fields; a failure is a 500."""
    counting = Visitor()
    found(counting)
    return counting


def check(response, allowed=(200, 301, 302, 303, 400, 403, 404, 405, 409, 413, 422)):
    """Hold that the answer is one of ours, and that a refusal is in words.

    Nobody's form leads where only reading is allowed, so that has no page.
    """
    assert response.status_code in allowed
    if response.status_code >= 400 and "Allow" not in response:
        assert b"<h1" in response.content


@pytest.mark.drill("fuzz, sign", BAR)
@many
@given(SLUG, LANGUAGE, POSTED, st.booleans(), CODECS, SIZE)
def test_the_sign_form(visitor, slug, language, changes, whole, codec, size):
    before = Signature.objects.count()
    data = council_data(**changes) if whole else changes
    body = body_of(data.items(), codec, size)
    response = visitor.generic("POST", f"/{language}/petitions/{slug}/sign", body, KIND)
    check(response)
    stored = Signature.objects.count() - before
    assert stored == (1 if response.status_code == 303 else 0)


@pytest.mark.drill("fuzz, code", BAR)
@many
@given(SLUG, LANGUAGE, TEXT, POSTED, CODECS, SIZE)
def test_the_code_form(visitor, slug, language, code, more, codec, size):
    body = body_of([("code", code), *more.items()], codec, size)
    check(visitor.generic("POST", f"/{language}/petitions/{slug}/code", body, KIND))


@pytest.mark.drill("fuzz, link", BAR)
@many
@given(SLUG, LANGUAGE, TEXT, POSTED, CODECS, SIZE)
def test_the_link_form(visitor, slug, language, email, more, codec, size):
    body = body_of([("email", email), *more.items()], codec, size)
    check(visitor.generic("POST", f"/{language}/petitions/{slug}/link", body, KIND))


@pytest.mark.drill("fuzz, confirm", BAR)
@many
@given(LANGUAGE, TEXT, POSTED, CODECS, SIZE)
def test_the_page_of_a_link(visitor, waiting, language, action, more, codec, size):
    body = body_of([*more.items(), ("action", f"x{action}")], codec, size)
    check(visitor.generic("POST", f"/{language}/s/{waiting}/", body, KIND))
    assert Signature.objects.get().state == "pending"


@pytest.fixture
def waiting(leeds_petition):
    """The token of a signature that waits to be confirmed."""
    row = Signature.objects.create(
        petition=leeds_petition,
        wording=leeds_petition.wording,
        state="pending",
        audience="counted",
        blind_index=b"fuzz",
        received_on=leeds_petition.opens_on,
    )
    return token_of(row)


@pytest.mark.drill("fuzz, any bytes", BAR)
@many
@given(st.sampled_from(["sign", "code", "link"]), st.binary(max_size=400), TEXT)
def test_no_bytes_of_any_kind(visitor, form, body, kind):
    before = Signature.objects.count()
    header = kind.encode("utf-8", "replace").decode("latin-1")
    check(visitor.generic("POST", f"/en/petitions/leeds/{form}", body, header))
    assert Signature.objects.count() == before


PATHS = st.sampled_from(
    [
        "",
        "cities/",
        "cities/leeds/",
        "petitions/",
        "petitions/leeds/",
        "news/",
        "trust/corrections/",
        "events/",
        "campaign/groups/",
    ]
)


@pytest.mark.drill("fuzz, arguments", BAR)
@many
@given(LANGUAGE, PATHS, ASKED, CODECS)
def test_the_arguments_of_pages(visitor, language, path, asked, codec):
    query = body_of(asked, codec, 0)
    check(visitor.get(f"/{language}/{path}", QUERY_STRING=query))


DATA = st.sampled_from(["places", "twinnings", "status-events", "petitions"])


@pytest.mark.drill("fuzz, data", BAR)
@many
@given(DATA, st.sampled_from(["csv", "json"]), ASKED, CODECS)
def test_the_arguments_of_data(visitor, name, form, asked, codec):
    response = visitor.get(
        f"/data/{name}.{form}", QUERY_STRING=body_of(asked, codec, 0)
    )
    assert response.status_code in (200, 301, 302, 400, 404)


PLACES = st.sampled_from(
    [
        "cities/{}/",
        "petitions/{}/",
        "petitions/{}/thanks",
        "news/{}/",
        "events/{}/",
        "events/{}.ics",
        "campaign/days/{}/",
        "campaign/statement/{}/",
        "s/{}/",
        "{}",
        "{}/x/",
    ]
)


@pytest.mark.drill("fuzz, addresses", BAR)
@many
@given(LANGUAGE, PLACES, TEXT, CODECS, st.booleans())
def test_the_addresses_of_pages(visitor, language, place, word, codec, post):
    path = f"/{language}/{place.format(encoded(word, codec))}"
    check(visitor.generic("POST" if post else "GET", path))


def pages_of_the_desk():
    """Return addresses of the desk that take something, `{}` for anything at all."""
    found = [
        *("", "login/", "record/", "record/decided/", "record/decided/{}/"),
        *("record/candidates/1/", "record/import/", "record/import/apply/"),
        *("record/places/{}/", "record/checks/", "record/export/{}.csv"),
        *("exports/{}/ask/", "exports/1/download/", "access/recover/"),
        *("access/login/", "access/enrol/{}/", "access/prove/", "access/passkeys/add/"),
        *("access/approvals/1/answer/", "access/keys/1/switch/", "autocomplete/"),
        *("{}", "{}/{}/", "safety/switch/turn/{}/on/"),
    ]
    for model in admin.site._registry:
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        found += [
            f"{name}/",
            f"{name}/add/",
            f"{name}/{{}}/change/",
            f"{name}/1/change/",
        ]
    return [f"/desk/{path}" for path in found]


DESK_FIELDS = st.sampled_from(
    [
        *(
            "action",
            "_selected_action",
            "index",
            "_save",
            "_popup",
            "csrfmiddlewaretoken",
        ),
        *("name", "title_en", "slug", "place", "petition", "reason", "credential"),
        *("granted", "kind", "file", "username", "code", "password", "uuids"),
        *("events-TOTAL_FORMS", "wordings-TOTAL_FORMS", "council-TOTAL_FORMS"),
    ]
)
POSTED_AT_DESK = st.dictionaries(DESK_FIELDS, TEXT, max_size=8)
DESK_ARGUMENTS = st.sampled_from(
    [
        *("q", "o", "p", "all", "e", "state__exact", "publish_at__year", "place__id"),
        *(
            "term",
            "app_label",
            "model_name",
            "field_name",
            "next",
            "language",
            "_to_field",
        ),
        *("received_from", "petition", "day__year", "why", "page"),
    ]
)
ASKED_AT_DESK = st.lists(st.tuples(DESK_ARGUMENTS, TEXT), max_size=4)
OTHER_FORMS = {
    "report/": ("text", "source_url", "email"),
    "cities/leeds/report/": ("text", "source_url", "email"),
    "cities/missing/": ("name", "country", "source"),
    "campaign/join/group/": (
        *("name", "email", "city", "message", "group"),
        *("group_website", "signs", "may_be_named"),
    ),
    "campaign/join/person/": ("name", "email", "city", "message"),
}


@pytest.mark.drill("fuzz, other forms", f"{BAR}, for each of {len(OTHER_FORMS)} forms")
def test_the_other_forms_of_the_public(visitor):
    for path, names in OTHER_FORMS.items():
        fields = st.dictionaries(
            st.sampled_from([*names, "website", "x"]), TEXT, max_size=8
        )

        @many
        @given(LANGUAGE, fields, CODECS, SIZE)
        def hold(language, posted, codec, size):
            body = body_of(posted.items(), codec, size)
            check(visitor.generic("POST", f"/{language}/{path}", body, KIND))  # noqa: B023 - called at once

        hold()


@pytest.mark.drill(
    "fuzz, desk", f"{EXAMPLES:,} examples for each form of the desk: no failure"
)
def test_the_forms_of_the_desk(all_forms, found):
    taken = post_to_each(all_forms, EXAMPLES)
    found(
        f"{len(taken)} forms, {EXAMPLES * len(taken):,} posts, "
        f"{sum(taken.values()):,} taken, none failed"
    )


@pytest.mark.drill(
    "fuzz, desk pages", f"{EXAMPLES:,} examples over the desk's pages: never a 500"
)
def test_the_pages_of_the_desk(all_forms, client, found):
    organiser = Visitor()
    found(organiser)
    organiser.force_login(get_user_model().objects.get(username="ada"))
    paths = st.sampled_from(pages_of_the_desk())

    @many
    @given(paths, st.booleans(), POSTED_AT_DESK, ASKED_AT_DESK, CODECS, TEXT)
    def hold(path, is_post, posted, asked, codec, word):
        path = path.replace("{}", encoded(word, codec))
        query, body = body_of(asked, codec, 0), body_of(posted.items(), codec, 0)
        method = "POST" if is_post else "GET"
        sent = body if is_post else ""
        response = organiser.generic(method, path, sent, KIND, QUERY_STRING=query)
        assert response.status_code in (
            200,
            301,
            302,
            400,
            403,
            404,
            405,
            413,
            422,
            429,
        )

    hold()
