"""Pictures made for tests, with what cameras and strangers put into them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from news.models import Picture

# What must never come out again.
CANARY = b"GPS-CANARY-51.5-0.1"


def picture(size=(800, 600), kind="JPEG", mode="RGB", colour=(200, 30, 90), **extras):
    """Return the bytes of a picture of one colour."""
    content = io.BytesIO()
    Image.new(mode, size, colour).save(content, kind, **extras)
    return content.getvalue()


def noted(kind="JPEG"):
    """Return a picture with notes in every place where cameras leave some."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0), 29: CANARY.decode()}
    extras = {"exif": exif.tobytes(), "xmp": b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"}
    if kind == "JPEG":
        extras["comment"] = CANARY
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", CANARY.decode())
        text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
        extras = {"exif": extras["exif"], "pnginfo": text}
    return picture(kind=kind, **extras) + CANARY


def lying_on_its_side():
    """Return a picture whose upper half is red once it is turned as EXIF says."""
    drawn = Image.new("RGB", (800, 600), "blue")
    drawn.paste((255, 0, 0), (0, 0, 400, 600))
    exif = Image.Exif()
    exif[0x0112] = 6
    content = io.BytesIO()
    drawn.save(content, "JPEG", exif=exif.tobytes(), quality=95)
    return content.getvalue()


def bomb(width, height):
    """Return a small PNG that claims to be huge, and unpacks to it."""

    def chunk(name, data):
        whole = name + data
        return (
            struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row, packed = bytes(1 + (width + 7) // 8), b""
    for _ in range(min(height, 4000)):
        packed += packer.compress(row)
    packed += packer.flush()
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def make_picture(name, **values):
    """Store a picture's row; its files are not needed to show it."""
    described = {"alt_en": "A crowd", "alt_zh_hant": "人群", "alt_zh_hans": "人群"}
    rights = {"credit": "Photo: A. Friend", "licence": "cc-by", "people_agreed": True}
    return Picture.objects.create(
        digest=name.rjust(32, "0"),
        width=800,
        height=600,
        widths=[480, 800],
        **{**described, **rights, **values},
    )
