"""Where the files of pictures lie, and how they are served.

The site serves them itself: no other server is needed, and no name but ours is ever
given to a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# A withdrawn picture should not stay for ever where somebody else keeps copies.
KEEP_SECONDS = 30 * 86_400


def address(digest: str, width: int) -> str:
    """Return the path of one file on the site."""
    return f"/pictures/{digest}-{width}.jpg"


def file_of(digest: str, width: int | str) -> Path:
    """Return where one file lies."""
    return Path(settings.MEDIA_ROOT) / "pictures" / f"{digest}-{width}.jpg"


def store(digest: str, files: Mapping[int, bytes]) -> None:
    """Write the files of a picture, each whole or not at all."""
    for width, content in files.items():
        write(file_of(digest, width), content)


def write(path: Path, content: bytes) -> None:
    """Write one file so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half_done = path.with_name(f"{path.name}.{os.getpid()}.part")
    half_done.write_bytes(content)
    os.replace(half_done, path)


def remove(digest: str, widths: Iterable[int]) -> None:
    """Delete the files of a picture."""
    for width in widths:
        file_of(digest, width).unlink(missing_ok=True)


@require_safe
def picture_file(request: HttpRequest, digest: str, width: str) -> FileResponse:
    """Serve one file; its content never changes under its name."""
    try:
        file = file_of(digest, width).open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}, immutable"
    return response
