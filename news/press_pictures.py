"""Draws an uploaded press picture anew: upright, and without what came with it.

Pillow is imported only when an organiser uploads something.
"""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image as AnyImage

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
LARGEST_BYTES = 15 * 1024 * 1024
# Enough for a printed page; the small one stands in the press room.
FULL, SMALL = (3000, 3000), (480, 480)
QUALITY = {FULL: 88, SMALL: 78}


class BadPicture(Exception):
    """A file that is not taken; the text says why, in the active language."""


@dataclass(frozen=True)
class Drawn:
    """A picture as it is stored: two JPEG files."""

    digest: str
    width: int
    height: int
    full: bytes
    small: bytes


def draw(file: BinaryIO, size: int) -> Drawn:
    """Draw both sizes of an upload; raise BadPicture when it cannot be taken."""
    if size > LARGEST_BYTES:
        raise BadPicture(
            _("This file is larger than %(most)s MB. Please make it smaller first.")
            % {"most": LARGEST_BYTES // 1024 // 1024}
        )
    picture = plain(file)
    full, small = as_jpeg(picture, FULL), as_jpeg(picture, SMALL)
    digest = hashlib.sha256(full[0]).hexdigest()[:32]
    return Drawn(digest, *full[1], full[0], small[0])


def plain(file: BinaryIO) -> AnyImage:
    """Return the pixels alone, on white, turned as the camera was held."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise BadPicture(too_many_pixels())
        picture.draft("RGB", FULL)
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except BadPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture(too_many_pixels()) from error
    # A broken file makes decoders fail in many ways, all of which mean the same.
    except Exception as error:
        raise BadPicture(
            _("This is no whole picture in JPEG, PNG or WebP, whatever its name says.")
        ) from error
    on_white = Image.new("RGB", upright.size, "white")
    on_white.paste(upright, mask=upright)
    return on_white


def too_many_pixels() -> str:
    """Say how many pixels a picture may have."""
    return _(
        "This picture has more than %(most)s million pixels. Please make it smaller "
        "first."
    ) % {"most": MOST_PIXELS // 1_000_000}


def as_jpeg(picture: AnyImage, room: tuple[int, int]) -> tuple[bytes, tuple[int, int]]:
    """Return a picture made to fit, as a JPEG file with its width and height."""
    fitted = picture.copy()
    fitted.thumbnail(room)
    content = io.BytesIO()
    fitted.save(content, "JPEG", quality=QUALITY[room], optimize=True, progressive=True)
    return content.getvalue(), fitted.size


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


def write(path: Path, content: bytes) -> None:
    """Write one file so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half_done = path.with_name(f"{path.name}.{os.getpid()}.part")
    half_done.write_bytes(content)
    os.replace(half_done, path)


def remove(digest: str) -> None:
    """Delete a picture's files, and the archives that may still hold it."""
    for path in (full_file(digest), small_file(digest), *folder().glob("*.zip")):
        path.unlink(missing_ok=True)
