"""Press pictures: drawn anew like those of articles, but large enough to print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from news.picture_files import write
from news.picture_making import as_jpeg, digest_of, drawn_anew

# Enough for a printed page; the small one stands in the press room.
FULL, SMALL = (3000, 3000), (480, 480)
FULL_QUALITY, SMALL_QUALITY = 88, 78


@dataclass(frozen=True)
class Drawn:
    """A picture as it is stored: two JPEG files."""

    digest: str
    width: int
    height: int
    full: bytes
    small: bytes


def draw(file: BinaryIO) -> Drawn:
    """Draw both sizes of an upload; raise BadPicture when it cannot be taken."""
    picture = drawn_anew(file, FULL)
    full = as_jpeg(picture, FULL_QUALITY)
    width, height = picture.size
    picture.thumbnail(SMALL)
    small = as_jpeg(picture, SMALL_QUALITY)
    return Drawn(digest_of(full), width, height, full, small)


def folder() -> Path:
    """Return where press pictures and the archive of them lie."""
    return Path(settings.MEDIA_ROOT) / "press"


def full_file(digest: str) -> Path:
    """Return where a picture lies."""
    return folder() / f"{digest}.jpg"


def small_file(digest: str) -> Path:
    """Return where its small copy lies."""
    return folder() / f"{digest}.small.jpg"


def store(drawn: Drawn) -> None:
    """Write both files, each whole or not at all."""
    write(full_file(drawn.digest), drawn.full)
    write(small_file(drawn.digest), drawn.small)


def remove(digest: str) -> None:
    """Delete a picture's files, and the archives that may still hold it."""
    for path in (full_file(digest), small_file(digest), *folder().glob("*.zip")):
        path.unlink(missing_ok=True)
