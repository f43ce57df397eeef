"""Whatever is posted or asked for, in whatever encoding: never a failure of ours."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from campaign.models import JoinRequest
from cities.models import ErrorReport, MissingPlace
from detwin.page_cache import KNOWN_ARGUMENTS, UNSTORED_ARGUMENTS
from news.models import Subscriber, SubscriptionRequest
from news.subscriber_mails import own_link
from petitions.links import token_of
from petitions.models import Signature
from tests.conftest import council_data
from tests.drills.nasty import (
    CODECS,
    EXAMPLES,
    HERE,
    LANGUAGE,
    POSTED,
    SIZE,
    SLUG,
    TEXT,
    WORDS,
    Visitor,
    _few_words,
    a_part,
    body_of,
    check,
    encoded,
    many,
    pairs,
    posted,
)
from tests.news.conftest import make_subscriber
from tests.routes import routes

__all__ = ["_few_words"]
pytestmark = [pytest.mark.django_db, pytest.mark.long]
BAR = f"{EXAMPLES:,} examples: never a 500, never an acknowledgement without a row"


@pytest.fixture
def visitor(leeds_petition, sheffield_petition, world_petition, found):
    """A browser on petitions that ask for different fields; a failure is a 500."""
    counting = Visitor()
    found(counting)
    return counting


# --- Forms that sign -------------------------------------------------------------------
@pytest.mark.drill("fuzz, sign", BAR)
@many
@given(SLUG, LANGUAGE, POSTED, st.booleans(), CODECS, SIZE)
def test_the_sign_form(visitor, slug, language, changes, whole, codec, size):
    before = Signature.objects.count()
    data = council_data(**changes) if whole else changes
    body = body_of(data.items(), codec, size)
    response = visitor.send(f"/{language}/petitions/{slug}/sign", body)
    check(response)
    stored = Signature.objects.count() - before
    assert stored == (1 if response.status_code == 303 else 0)


@pytest.mark.drill("fuzz, code", BAR)
@many
@given(SLUG, LANGUAGE, TEXT, POSTED, CODECS, SIZE)
def test_the_code_form(visitor, slug, language, code, more, codec, size):
    body = body_of([("code", code), *more.items()], codec, size)
    check(visitor.send(f"/{language}/petitions/{slug}/code", body))


@pytest.mark.drill("fuzz, link", BAR)
@many
@given(SLUG, LANGUAGE, TEXT, POSTED, CODECS, SIZE)
def test_the_link_form(visitor, slug, language, email, more, codec, size):
    body = body_of([("email", email), *more.items()], codec, size)
    check(visitor.send(f"/{language}/petitions/{slug}/link", body))


@pytest.mark.drill("fuzz, any bytes", BAR)
@many
@given(st.sampled_from(["sign", "code", "link"]), st.binary(max_size=400), TEXT)
def test_no_bytes_of_any_kind(visitor, form, body, kind):
    before = Signature.objects.count()
    header = kind.encode("utf-8", "replace").decode("latin-1")
    check(visitor.generic("POST", f"/en/petitions/leeds/{form}", body, header))
    assert Signature.objects.count() == before


# --- The other forms -------------------------------------------------------------------
REPORT = {"text": "It ended in 2021.", "source_url": "example.org", "email": ""}
PERSON = {"name": "Zoë", "email": "zoe@example.com", "city": "Leeds", "message": "Hi"}
GROUP = {"group": "Friends", "group_website": "", "signs": "on", "may_be_named": "on"}
UPDATES = {"news": "all", "place": "", "email": "zoe@example.com", "agree": "on"}
MISSING = {"name": "Poznań", "country": "Poland", "source": "https://example.org/"}
# Where they are posted to, what is right there, and which rows they make.
OTHER_FORMS = {
    "report/": (REPORT, ErrorReport),
    "cities/leeds/report/": (REPORT, ErrorReport),
    "cities/missing/": (MISSING, MissingPlace),
    "campaign/join/group/": ({**PERSON, **GROUP}, JoinRequest),
    "campaign/join/person/": (PERSON, JoinRequest),
    "news/updates/": (UPDATES, SubscriptionRequest),
}


@pytest.mark.drill("fuzz, other forms", f"{BAR}, for each of {len(OTHER_FORMS)} forms")
def test_the_other_forms_of_the_public(visitor):
    for path, (right, model) in OTHER_FORMS.items():
        names = [*right, "website", "anyway", "x"]

        @many
        @given(LANGUAGE, posted(names), st.booleans(), CODECS, SIZE)
        def hold(language, changes, whole, codec, size):
            model.objects.all().delete()  # noqa: B023 - called at once
            data = {**right, **changes} if whole else changes  # noqa: B023
            body = body_of(data.items(), codec, size)
            response = visitor.send(f"/{language}/{path}", body)  # noqa: B023
            check(response)
            # What a robot wrote is thanked for and dropped.
            if "website" not in data:
                taken = response.status_code == 303
                assert model.objects.count() == taken  # noqa: B023

        hold()


@pytest.fixture
def links(leeds_petition):
    """The path behind each kind of link in a mail, and how to see that nothing moved."""
    row = Signature.objects.create(
        petition=leeds_petition,
        wording=leeds_petition.wording,
        state="pending",
        audience="counted",
        blind_index=b"fuzz",
        received_on=leeds_petition.opens_on,
    )
    wish = JoinRequest.objects.receive("person", PERSON, "en")
    SubscriptionRequest.objects.receive("zoe@example.com", "en")
    asked = SubscriptionRequest.objects.get()
    reader = own_link(make_subscriber()).split("/news/")[1]
    return {
        f"s/{token_of(row)}/": lambda: Signature.objects.get().state,
        f"campaign/join/s/{wish.token}/": lambda: (
            JoinRequest.objects.get().confirmed_at
        ),
        f"news/updates/s/{asked.token}/": lambda: (
            SubscriptionRequest.objects.get().state
        ),
        f"news/{reader}": lambda: Subscriber.objects.get().consented_on,
    }


@pytest.mark.drill(
    "fuzz, links", f"{EXAMPLES:,} examples behind each of 4 links: nothing is changed"
)
def test_the_pages_of_links(visitor, links):
    names = [*UPDATES, "action", "updates", "List-Unsubscribe", "website", "x"]
    for path, state in links.items():
        before = state()

        @many
        @given(LANGUAGE, TEXT, posted(names), CODECS, SIZE)
        def hold(language, action, more, codec, size):
            body = body_of([*more.items(), ("action", f"x{action}")], codec, size)
            check(visitor.send(f"/{language}/{path}", body))  # noqa: B023 - at once

        hold()
        assert state() == before


# --- Addresses and their arguments -----------------------------------------------------
PART = re.compile(r"<(?:(\w+):)?\w+>|\(.+\)")
# What stands for the arguments of an address that are not tried just now.
PLAIN = {"slug": "leeds", "str": "x", "int": "1", "month": "2026-11", "": "x"}


def public_routes():
    """Return each pattern outside of the desk, in one language."""
    every = (route.strip("^$") for route in routes(get_resolver()))
    return sorted({route for route in every if not route.startswith("desk/")})


def by_kind():
    """Return the patterns with arguments, by the kinds that these are of."""
    found = {}
    for route in public_routes():
        for kind in {match[1] or "" for match in PART.finditer(route)}:
            found.setdefault(kind, []).append(route)
    return found


def filled(route, words):
    """Return an address of a pattern; the language stands in its first part."""
    return "/" + PART.sub(lambda match: words[match[1] or ""], route)


@pytest.mark.drill(
    "fuzz, addresses",
    f"{EXAMPLES:,} examples for each of {len(WORDS)} kinds of argument, "
    "on both databases together: never a 500",
)
def test_the_arguments_in_addresses(visitor):
    kinds = by_kind()
    assert set(kinds) == set(WORDS)
    for kind, patterns in kinds.items():

        @a_part
        @given(st.sampled_from(patterns), WORDS[kind], CODECS, st.booleans())
        def hold(pattern, word, codec, post):
            path = filled(pattern, {**PLAIN, kind: encoded(word, codec)})  # noqa: B023
            check(visitor.generic("POST" if post else "GET", path))

        hold()


ARGUMENTS = sorted(KNOWN_ARGUMENTS | UNSTORED_ARGUMENTS | {"language", "x"})
AT_ONCE = 5


def pages_with_arguments():
    """Return every public page and file; those of a place are Leeds's."""
    whole = {filled(route, PLAIN) for route in public_routes()}
    left_out = ("/share/", "/press/pictures.zip", "/pictures/")
    return sorted(path for path in whole if not path.startswith(left_out))


@pytest.mark.drill(
    "fuzz, arguments",
    f"{EXAMPLES:,} values of each of {len(ARGUMENTS)} arguments, "
    "on both databases together: never a 500",
)
def test_the_arguments_of_pages_and_files(visitor, found):
    times = Counter()
    asked = pairs(ARGUMENTS, AT_ONCE, AT_ONCE)

    @a_part
    @given(st.sampled_from(pages_with_arguments()), asked, CODECS)
    def hold(path, asked, codec):
        times.update(name for name, _value in asked)
        check(visitor.get(path, QUERY_STRING=body_of(asked, codec)))

    while min(times[name] for name in ARGUMENTS) < HERE:
        hold()
    found(f"{min(times.values()):,} or more of each; {visitor}")
