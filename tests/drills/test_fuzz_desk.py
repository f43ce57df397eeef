"""Whatever an organiser, or whoever holds an organiser's session, sends to the desk."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.fuzzing import post_to_each
from tests.desk.test_fuzz import all_forms
from tests.drills.nasty import (
    CODECS,
    EXAMPLES,
    HERE,
    KIND,
    OURS,
    TEXT,
    Visitor,
    _few_words,
    a_part,
    body_of,
    encoded,
    pairs,
    posted,
)
from tests.routes import routes
from tests.safety.organisers.conftest import cities

__all__ = ["_few_words", "all_forms", "cities"]
pytestmark = [pytest.mark.django_db, pytest.mark.long]

FIELDS = ["action", "_selected_action", "index", "_save", "_popup", "_to_field"]
FIELDS += ["name", "title_en", "slug", "place", "petition", "reason", "credential"]
FIELDS += ["granted", "kind", "file", "username", "code", "password", "uuids"]
FIELDS += ["events-TOTAL_FORMS", "wordings-TOTAL_FORMS", "council-TOTAL_FORMS"]
FIELDS += ["article", "chinese_place", "council", "csrfmiddlewaretoken"]
ARGUMENTS = ["q", "o", "p", "all", "e", "state__exact", "publish_at__year", "place__id"]
ARGUMENTS += ["term", "app_label", "model_name", "field_name", "next", "language"]
ARGUMENTS += ["_to_field", "received_from", "petition", "place", "article", "council"]
ARGUMENTS += ["day__year", "why", "page"]
ASKED = pairs(ARGUMENTS, 0, 4)
# Half of the arguments in addresses are rows that may be there.
WORD = st.one_of(TEXT, st.sampled_from(["1", "2", "leeds", "en"]))


@pytest.mark.drill(
    "fuzz, desk",
    f"{EXAMPLES:,} examples for each form of the desk, on both databases together: no failure",
)
def test_the_forms_of_the_desk(all_forms, found):
    taken = post_to_each(all_forms, HERE)
    found(
        f"{len(taken)} forms, {HERE * len(taken):,} posts, "
        f"{sum(taken.values()):,} taken, none failed"
    )


def pages_of_the_desk():
    """Return each address of the desk, `{}` for its arguments."""
    desk = [route for route in routes(get_resolver()) if route.startswith("desk/")]
    return ["/" + re.sub(r"<[^>]+>|\(\?P.*", "{}", route) for route in desk]


@pytest.mark.drill(
    "fuzz, desk pages",
    f"{EXAMPLES:,} examples over the desk's pages, on both databases together: never a 500",
)
def test_the_pages_of_the_desk(all_forms, found):
    organiser = Visitor()
    found(organiser)
    ada = get_user_model().objects.get(username="ada")
    paths = st.sampled_from(pages_of_the_desk())

    @a_part
    @given(paths, st.booleans(), posted(FIELDS), ASKED, CODECS, WORD)
    def hold(path, is_post, changes, asked, codec, word):
        organiser.force_login(ada)
        path = path.replace("{}", encoded(word, codec))
        body = body_of(changes.items(), codec) if is_post else ""
        response = organiser.generic(
            "POST" if is_post else "GET",
            path,
            body,
            KIND,
            QUERY_STRING=body_of(asked, codec),
        )
        assert response.status_code in OURS

    hold()
