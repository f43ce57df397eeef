"""What stands before all middleware must not fail on what a stranger sends."""

from __future__ import annotations

import io

import pytest

from detwin.wsgi import application

pytestmark = pytest.mark.django_db


def status_of(kind, method="GET", body=b"", path="/en/trust/"):
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "q=x",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    return application.get_response(application.request_class(environ)).status_code


@pytest.mark.parametrize(
    "parameter",
    [
        *("charset=hex", "charset=rot13", "charset=no-such", 'charset="hex"'),
        *("charset*=utf-8''hex", "charset*=nope''x", "boundary*=hex''ab", "charset="),
    ],
)
def test_a_page_is_read_whatever_character_set_is_named(parameter):
    assert status_of(f"text/plain; {parameter}") == 200


@pytest.mark.parametrize("parameter", ["charset=hex", "boundary*=nope''x", ""])
def test_a_form_of_any_character_set_is_answered(leeds_petition, parameter):
    kind = f"application/x-www-form-urlencoded; {parameter}"
    path = "/en/petitions/leeds/sign"
    assert status_of(kind, "POST", b"name=%E7%8E%8B", path) == 422
