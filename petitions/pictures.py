"""The picture that other sites show beside a link to a petition."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import etag, require_safe

from detwin.languages import CODES
from petitions.models import Wording
from petitions.standing import standing_petition


def picture_path(slug: str, code: str, wording: Wording) -> Path:
    """Return where a petition's picture is; another wording has another name."""
    return Path(settings.PICTURES_DIR) / f"{slug}.{code}.{wording.sha256[:16]}.png"


def standing_picture(code: str, slug: str) -> Path:
    """Return the file to serve: the petition's own, else the site's; 404 for drafts."""
    if code not in CODES:
        raise Http404
    petition, wording = standing_petition(slug)
    own = picture_path(petition.slug, code, wording)
    return own if own.is_file() else Path(str(finders.find(f"img/share.{code}.png")))


def picture_etag(request: HttpRequest, code: str, slug: str) -> str:
    """Name the version of the picture by its file."""
    return f'"{standing_picture(code, slug).stem}"'


@require_safe
@etag(picture_etag)
def share_picture(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Serve a petition's picture to whoever shows a preview of its link."""
    response = HttpResponse(
        standing_picture(code, slug).read_bytes(), content_type="image/png"
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
