"""Serves press pictures and the archive of them; none of it is in a language."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from news.models import PressAsset
from news.press_archive import archive
from news.press_pictures import full_file, small_file


@require_safe
def press_archive(request: HttpRequest) -> HttpResponseBase:
    """Serve the logo and all pictures as one zip."""
    path, tag = archive()
    return served(request, path, tag, "application/zip", "detwin-press.zip")


@require_safe
def press_picture(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve one picture in full, to be saved under its name."""
    picture = get_object_or_404(PressAsset.objects.shown(), slug=slug)
    tag = f'"{picture.digest}"'
    name = f"{picture.slug}.jpg"
    return served(request, full_file(picture.digest), tag, "image/jpeg", name)


@require_safe
def press_picture_small(
    request: HttpRequest, slug: str, version: str
) -> HttpResponseBase:
    """Serve the small copy; its address changes when the picture does."""
    pictures = PressAsset.objects.shown().filter(digest__startswith=version)
    picture = get_object_or_404(pictures, slug=slug)
    tag = f'"small-{picture.digest}"'
    return served(request, small_file(picture.digest), tag, "image/jpeg")


def served(
    request: HttpRequest, path: Path, tag: str, kind: str, name: str = ""
) -> HttpResponseBase:
    """Return a file with its entity tag, or 304 to who has it already."""
    headers = {"Cache-Control": "public, max-age=300", "ETag": tag}
    if answer := get_conditional_response(request, etag=tag):
        if answer.status_code == 304:
            for header, value in headers.items():
                answer.headers[header] = value
        return answer
    try:
        file = path.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(
        file, content_type=kind, filename=name, as_attachment=bool(name)
    )
    for header, value in headers.items():
        response.headers[header] = value
    return response
