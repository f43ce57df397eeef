"""What nobody types, and how a browser, a scanner or an attacker may send it."""

from __future__ import annotations

import logging
import random
from collections import Counter
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.conftest import council_data
from tests.nasty import text_by

EXAMPLES = 2_000
MEGABYTE = 2**20
KIND = "application/x-www-form-urlencoded"
# Where the database has little to say, each tries a part of the examples; PostgreSQL,
# which takes longer for all else, the smaller one.
IS_SQLITE = site_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
HERE = EXAMPLES - EXAMPLES // 3 if IS_SQLITE else EXAMPLES // 3
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
a_part = settings(many, max_examples=HERE)

SEEDS = st.integers(0, 2**62).map(random.Random)
TEXT = SEEDS.map(text_by)
CODECS = st.sampled_from(
    ["utf-8"] * 4 + ["utf-16", "utf-7", "gb18030", "big5", "shift_jis", "latin-1"]
)
LANGUAGE = st.sampled_from(["en", "zh-hant", "zh-hans"])
SLUG = st.sampled_from(["leeds", "sheffield", "world"])
SIZE = st.sampled_from([0] * 30 + [MEGABYTE])
# What stands in an address, by the kind of argument that its pattern names.
WORDS = {
    "slug": st.one_of(
        TEXT,
        st.from_regex(r"[-a-zA-Z0-9_]{1,60}", fullmatch=True),
        st.sampled_from(["leeds", "LEEDS", "gb", "en", "a" * 3_000, "-", "0"]),
    ),
    "str": st.one_of(TEXT, st.from_regex(r"[-A-Za-z0-9_:=.]{1,120}", fullmatch=True)),
    "int": st.one_of(TEXT, st.integers(0).map(str), st.just("9" * 4_000)),
    "month": st.one_of(TEXT, st.from_regex(r"[0-9]{4}-[0-9]{2}", fullmatch=True)),
    "": st.one_of(TEXT, st.from_regex(r"[0-9a-f]{32}-[0-9]{1,6}", fullmatch=True)),
}


def posted(names, most=8):
    """Return some fields by these names, each with anything in it."""
    return pairs(names, 0, most).map(dict)


def pairs(names, least, most):
    """Return names, each once, with anything behind it."""

    def some(draw):
        chosen = draw.sample(list(names), draw.randint(least, min(most, len(names))))
        return [(name, text_by(draw)) for name in chosen]

    return SEEDS.map(some)


FIELDS = [*council_data(), "postal_address", "area", "anyway", "website", "code"]
POSTED = posted([*FIELDS, "action", "updates", "x"])


def encoded(text, codec):
    """Return a text as a browser with that encoding might send it, lone halves too."""
    errors = (
        "surrogatepass" if codec.startswith("utf") and codec != "utf-7" else "replace"
    )
    return quote(text.encode(codec, errors), safe="")


def body_of(pairs, codec, size=0):
    """Return a form's body, now and then with a field of a megabyte."""
    body = "&".join(f"{quote(name)}={encoded(value, codec)}" for name, value in pairs)
    return body + ("&name=" + "a" * size if size else "")


@pytest.fixture(autouse=True)
def _few_words(caplog):
    """Keep failures of ours in the log, and not each of a hundred thousand refusals."""
    caplog.set_level(logging.ERROR, "django.request")


class Visitor(Client):
    """A browser that counts the answers it gets, and keeps nothing of how they came."""

    def __init__(self):
        super().__init__(raise_request_exception=False)
        self.statuses = Counter()

    def request(self, **request):
        """Send one request; a failure of ours is an answer as well."""
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        self.statuses[response.status_code] += 1
        return response

    def send(self, path, body):
        """Post a form's body as it is."""
        return self.generic("POST", path, body, KIND)

    def __str__(self):
        answers = ", ".join(
            f"{n:,} × {status}" for status, n in sorted(self.statuses.items())
        )
        return f"{self.statuses.total():,} requests: {answers}"


# Too many tries, and a switch that is on, are told too.
OURS = (200, 301, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429)


def check(response):
    """Hold that the answer is one of ours, and that a page that refuses has words.

    Nobody's form leads where only reading is allowed, so that has no page.
    """
    assert response.status_code in OURS
    if response.streaming:
        response.getvalue()  # A file, which closes at its end.
    elif response.status_code >= 400 and "Allow" not in response:
        is_page = response["Content-Type"].startswith("text/html")
        assert not is_page or b"<h1" in response.content
