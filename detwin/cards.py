"""The pictures that other sites show beside a link: what one says, and serving it.

A room says what its pictures say; `detwin.drawing` draws them in the worker.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# Raise it when pictures are to be drawn differently: all are then drawn anew.
DESIGN = "2"


@dataclass(frozen=True)
class Card:
    """What a page's picture says in one language: its kind and its title."""

    name: str  # of the page, unique; a slash leads into a folder
    code: str
    kind: str
    title: str

    @property
    def path(self) -> Path:
        """Return where the drawn picture is; one that says something else is not."""
        said = (DESIGN, settings.SITE_NAME, settings.SITE_URL, self.kind, self.title)
        digest = hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]
        return Path(settings.PICTURES_DIR) / f"{self.name}.{self.code}.{digest}.png"

    @property
    def file(self) -> Path:
        """Return the file to show: the page's own, else the site's in this language."""
        if self.path.is_file():
            return self.path
        return Path(str(finders.find(f"img/share.{self.code}.png")))


def serve(request: HttpRequest, card: Card) -> HttpResponseBase:
    """Answer with a card's picture, for whoever shows a preview of the page's link."""
    file = card.file
    response = HttpResponse(file.read_bytes(), content_type="image/png")
    response.headers["ETag"] = quote_etag(file.stem)
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response
