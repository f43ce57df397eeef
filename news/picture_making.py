"""Draws an uploaded picture anew, in a few widths and without what came with it.

Pillow is imported only here, and only when an organiser uploads something: the web
processes do not carry it otherwise.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image as AnyImage

# How many pixels each format may have: only JPEG can be decoded at a fraction.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
FORMATS = tuple(MOST_PIXELS)
WIDTHS = (480, 960, 1600)
NARROWEST = 320
LONGEST_RATIO = 5
LARGEST_BYTES = 15 * 1024 * 1024
# More than the widest, so that a picture that lies on its side is sharp enough.
ROOM = (2400, 2400)
QUALITY = 82


class BadPicture(Exception):
    """A file that is not taken; the text says why, in the active language."""


@dataclass(frozen=True)
class Made:
    """A picture as it is stored: JPEG files by their width."""

    digest: str
    width: int
    height: int
    files: dict[int, bytes]


def make_sizes(file: BinaryIO) -> Made:
    """Draw every width of a picture; raise BadPicture when it cannot be taken."""
    return all_widths(drawn_anew(file, ROOM))


def drawn_anew(file: BinaryIO, room: tuple[int, int]) -> AnyImage:
    """Return the bare pixels of an upload, fitted into a room; raise BadPicture."""
    picture = opened(file)
    check(picture)
    try:
        return without_extras(in_plain_colours(upright(picture, room)))
    # A broken file makes decoders fail in many ways, all of which mean the same.
    except Exception as error:
        raise BadPicture(
            _("This picture is broken: it cannot be read to its end.")
        ) from error


def opened(file: BinaryIO) -> AnyImage:
    """Read the head of a file; nothing of the pixels yet."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # `check` draws the line, well below Pillow's own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise BadPicture(too_many_pixels(max(MOST_PIXELS.values()))) from error
    except UnidentifiedImageError as error:
        raise BadPicture(
            _("This is not a picture in JPEG, PNG or WebP, whatever its name says.")
        ) from error
    except Exception as error:
        raise BadPicture(
            _("This picture is broken: it cannot be read to its end.")
        ) from error


def check(picture: AnyImage) -> None:
    """Refuse what would fill the memory, and what nobody could see."""
    most = MOST_PIXELS[picture.format or "PNG"]
    if picture.width * picture.height > most:
        raise BadPicture(too_many_pixels(most))
    if min(picture.size) < NARROWEST:
        raise BadPicture(
            _("This picture is too small: each side needs %(least)s pixels.")
            % {"least": NARROWEST}
        )
    if max(picture.size) > LONGEST_RATIO * min(picture.size):
        raise BadPicture(
            _("This picture is too long: cut it so that its sides differ less.")
        )


def too_many_pixels(most: int) -> str:
    """Say how many pixels a picture may have."""
    return _(
        "This picture has more than %(most)s million pixels. Please make it smaller "
        "first."
    ) % {"most": most // 1_000_000}


def upright(picture: AnyImage, room: tuple[int, int]) -> AnyImage:
    """Make a picture small enough, and turn it as the camera was held."""
    from PIL import ImageOps

    # JPEG can be decoded at a fraction of its size, which spares the memory.
    picture.draft("RGB", room)
    if picture.mode in ("1", "P", "PA"):
        picture = picture.convert("L" if picture.mode == "1" else "RGBA")
    picture = picture.reduce(max(1, max(picture.size) // (2 * room[0])))
    picture.thumbnail(room)
    return ImageOps.exif_transpose(picture)


def in_plain_colours(picture: AnyImage) -> AnyImage:
    """Turn the colours of any camera or printer into those of every screen."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            turned = None  # A profile that makes no sense is left out.
        if turned is not None:
            return turned
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    return picture


def without_extras(picture: AnyImage) -> AnyImage:
    """Paint the pixels on white: no notes, no comments, no thumbnail, no profile."""
    from PIL import Image

    if picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("RGBA")
    plain = Image.new("RGB", picture.size, "white")
    mask = picture if picture.mode == "RGBA" else None
    plain.paste(picture.convert("RGB"), mask=mask)
    return plain


def all_widths(picture: AnyImage) -> Made:
    """Return the files, named by what is in the widest."""
    widest = min(picture.width, WIDTHS[-1])
    files = {}
    for width in sorted({*(w for w in WIDTHS if w < widest), widest}):
        height = max(1, round(picture.height * width / picture.width))
        files[width] = as_jpeg(picture.resize((width, height), reducing_gap=3.0))
    return Made(digest_of(files[widest]), widest, height, files)


def as_jpeg(picture: AnyImage, quality: int = QUALITY) -> bytes:
    """Return a picture as the content of a JPEG file."""
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
    return content.getvalue()


def digest_of(content: bytes) -> str:
    """Return the name that a file has from what is in it."""
    return hashlib.sha256(content).hexdigest()[:32]
