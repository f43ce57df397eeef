"""Draws the pictures of petitions. The worker does it while no mail waits.

Pillow is imported only here, and only when there is something to draw: the web
processes never load it.
"""

from __future__ import annotations

import logging
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from detwin.languages import CODES, best_of, column
from petitions.models import Petition, Wording
from petitions.pictures import picture_path

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

logger = logging.getLogger(__name__)

AT_ONCE = 3
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, SOFT, ACT = "#fdfcfa", "#1f1a1d", "#5e555a", "#8c1a56"
# The largest of these at which the title fits above the foot.
SIZES, TITLE_TOP, TITLE_HEIGHT, LEADING = (84, 76, 68, 60, 52, 44, 36), 76, 408, 1.32
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
)
# Which face of a collection has the glyph shapes of a language.
FACES = {"en": " HK", "zh-hant": " HK", "zh-hans": " SC"}
# Punctuation that may not begin a line in Chinese, or end one.
CLOSING, OPENING = "，。、；：？！）》」』”’", "（《「『“‘"
PIECES = re.compile(
    rf"[{OPENING}]*(?:[^\s\u2e80-\uffef]+\s*|\S\s*)[{CLOSING}]*|\s+", re.UNICODE
)


def draw_missing(most: int = AT_ONCE) -> int:
    """Draw some pictures that are missing or show an old wording; return how many."""
    font = font_path()
    if not font:
        return 0
    drawn = 0
    try:
        for petition, wording, code in missing():
            draw(petition, wording, code, font)
            drawn += 1
            if drawn == most:
                break
    except OSError:
        # Previews then show the site's own picture; mails matter more.
        logger.warning("Pictures of petitions cannot be drawn or stored.")
        return 0
    return drawn


def missing() -> list[tuple[Petition, Wording, str]]:
    """Return what is to be drawn: each public petition in each language."""
    public = Petition.objects.public().order_by("slug")
    titles = [column("title", code) for code in CODES]
    wordings = Wording.objects.only("petition", "number", "sha256", *titles)
    latest = {row.petition_id: row for row in wordings.order_by("number")}
    return [
        (petition, latest[petition.pk], code)
        for petition in public
        if petition.pk in latest
        for code in CODES
        if not picture_path(petition.slug, code, latest[petition.pk]).exists()
    ]


def font_path() -> str:
    """Return a font file with Chinese glyphs, or nothing where there is none."""
    named = [settings.PICTURE_FONT] if settings.PICTURE_FONT else FONTS
    return next((path for path in named if Path(path).is_file()), "")


def draw(petition: Petition, wording: Wording, code: str, font: str) -> None:
    """Draw one picture and put it in the place of the petition's older ones."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 20), fill=ACT)
    lines, size = fitted(best_of(wording, "title", code)[0], font, code)
    for number, line in enumerate(lines):
        top = TITLE_TOP + number * size * LEADING
        pen.text((MARGIN, top), line, INK, font_of(font, code, size))
    foot = HEIGHT - MARGIN
    pen.text((MARGIN, foot), settings.SITE_NAME, ACT, font_of(font, code, 40), "ls")
    host = settings.SITE_URL.partition("://")[2]
    small = font_of(font, code, 28)
    pen.text((WIDTH - MARGIN, foot), host, SOFT, small, "rs")
    path = picture_path(petition.slug, code, wording)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = list(path.parent.glob(f"{petition.slug}.{code}.*"))
    half_done = path.with_suffix(".part")
    # A few shades are enough for flat colour and smooth letters.
    picture.quantize(32).save(half_done, "PNG", optimize=True)
    os.replace(half_done, path)
    for other in old:
        other.unlink(missing_ok=True)


def fitted(title: str, font: str, code: str) -> tuple[list[str], int]:
    """Return a title broken into even lines, and the size at which they fit."""
    for size in SIZES:
        face, width = font_of(font, code, size), WIDTH - 2 * MARGIN
        lines = wrapped(title, face, width)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            break
    # As narrow as that number of lines allows: no word is left alone on the last.
    for narrower in range(width, WIDTH // 2, -20):
        tried = wrapped(title, face, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines, size


def wrapped(title: str, face: FreeTypeFont, width: int) -> list[str]:
    """Break a title into lines no wider than `width` pixels, if its words allow it."""
    lines = [""]
    for piece in PIECES.findall(title):
        longer = lines[-1] + piece
        if lines[-1] and face.getlength(longer.rstrip()) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.strip() for line in lines]


@cache
def font_of(path: str, code: str, size: int) -> FreeTypeFont:
    """Return the face of a font file that has the glyph shapes of a language."""
    from PIL import ImageFont

    for index in range(12):
        try:
            face = ImageFont.truetype(path, size, index)
        except OSError:
            break
        if str(face.getname()[0]).endswith(FACES[code]):
            return face
    return ImageFont.truetype(path, size)
