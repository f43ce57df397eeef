"""The WSGI entry point that gunicorn loads."""

from __future__ import annotations

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detwin.settings")


class Request(WSGIRequest):
    """A request that is read as UTF-8, whatever character set it names.

    Python knows character sets that no text is in, such as `hex`. Django would fail
    on one before any of our pages could answer.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            kind, parameters = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            meta["CONTENT_TYPE"] = ""
            kind, parameters = "", {}
        self.content_type, self.content_params = kind, parameters


class Application(WSGIHandler):
    """Django's own handler, with our requests."""

    request_class = Request


django.setup(set_prefix=False)
application = Application()
