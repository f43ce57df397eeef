"""Draws the pictures of cards. The worker does it while no mail waits.

Pillow is imported only here, and only when there is something to draw: the web
processes never load it.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders

from detwin.cards import Card

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFont import FreeTypeFont

logger = logging.getLogger(__name__)

AT_ONCE = 3
WIDTH, HEIGHT, MARGIN, MARK = 1200, 630, 80, 52
PAPER, INK, SOFT, ACT = "#fdfcfa", "#1f1a1d", "#5e555a", "#8c1a56"
# The largest of these at which the title fits between its kind and the foot.
SIZES, TITLE_TOP, TITLE_HEIGHT, LEADING = (88, 76, 68, 60, 52, 44, 36), 186, 324, 1.3
FOOT = HEIGHT - 54
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
)
# Which face of a collection has the glyph shapes of a language.
FACES = {"en": " HK", "zh-hant": " HK", "zh-hans": " SC"}
# Punctuation that may not begin a line in Chinese, or end one.
CLOSING, OPENING = "，。、；：？！）》」』”’", "（《「『“‘"
CLAUSES = re.compile(rf"[^{CLOSING}]+[{CLOSING}]*|[{CLOSING}]+")
PIECES = re.compile(
    rf"[{OPENING}]*(?:[^\s\u2e80-\uffef]+\s*|\S\s*)[{CLOSING}]*|\s+", re.UNICODE
)


def draw_missing(cards: Iterable[Card], most: int = AT_ONCE) -> int:
    """Draw some cards whose picture is missing; return how many were drawn."""
    font = font_path()
    if not font:
        return 0
    missing = (card for card in cards if not card.path.exists())
    drawn = 0
    try:
        for card in islice(missing, most):
            draw(card, font)
            drawn += 1
    except OSError:
        # Previews then show the site's own picture; mails matter more.
        logger.warning("Pictures for previews cannot be drawn or stored.")
        return 0
    return drawn


def font_path() -> str:
    """Return a font file with Chinese glyphs, or nothing where there is none."""
    named = [settings.PICTURE_FONT] if settings.PICTURE_FONT else FONTS
    return next((path for path in named if Path(path).is_file()), "")


def draw(card: Card, font: str) -> None:
    """Draw one picture and put it in the place of the page's older ones."""
    path = card.path
    path.parent.mkdir(parents=True, exist_ok=True)
    old = list(path.parent.glob(f"{path.name.split('.')[0]}.{card.code}.*"))
    half_done = path.with_suffix(".part")
    # A few shades are enough for flat colour and smooth letters; octree and a light
    # compression are eight times as fast as the best, for a tenth more bytes.
    painted(card, font).quantize(32, method=2).save(half_done, "PNG", compress_level=6)
    os.replace(half_done, path)
    for other in old:
        other.unlink(missing_ok=True)


def painted(card: Card, font: str) -> Picture:
    """Return the picture of a card: the site's name, the kind, the title, the host."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    headline = with_serifs(font) if card.code == "en" else font
    with Image.open(str(finders.find("img/icon-192.png"))) as mark:
        picture.paste(mark.convert("RGB").resize((MARK, MARK)), (MARGIN, 52))
    face, left = font_of(headline, "en", 40), MARGIN + MARK + 16
    pen.text((left, 78), settings.SITE_NAME, INK, face, "lm")
    room = WIDTH - MARGIN - 40 - left - face.getlength(settings.SITE_NAME)
    face = font_of(font, card.code, 30)
    if face.getlength(card.kind) <= room:
        pen.text((WIDTH - MARGIN, 78), card.kind, ACT, face, "rm")
    for top in (124, 130):
        pen.rectangle((MARGIN, top, WIDTH - MARGIN, top + 1), fill=SOFT)
    lines, size = fitted(card.title, headline, card.code)
    face = font_of(headline, card.code, size)
    for number, line in enumerate(lines):
        pen.text((MARGIN, TITLE_TOP + number * size * LEADING), line, INK, face, "lt")
    host, face = settings.SITE_URL.partition("://")[2], font_of(font, card.code, 28)
    pen.text((MARGIN, FOOT), host, SOFT, face, "ls")
    return picture


def with_serifs(font: str) -> str:
    """Return the font's serif sister, in which the site sets English headlines."""
    sister = font.replace("Sans", "Serif")
    return sister if Path(sister).is_file() else font


def fitted(title: str, font: str, code: str) -> tuple[list[str], int]:
    """Return a title broken into even lines, and the size at which they fit."""
    for size in SIZES:
        face, width = font_of(font, code, size), WIDTH - 2 * MARGIN
        most = int(TITLE_HEIGHT / size / LEADING)
        # Where whole clauses fit, a line ends where a reader would pause.
        lines = wrapped(title, face, width, CLAUSES)
        if len(lines) <= most and max(map(face.getlength, lines)) <= width:
            return lines, size
        lines = wrapped(title, face, width)
        if len(lines) <= most:
            break
    # As narrow as that number of lines allows: no word is left alone on the last.
    for narrower in range(width, WIDTH // 2, -20):
        tried = wrapped(title, face, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines, size


def wrapped(
    title: str, face: FreeTypeFont, width: int, pieces: re.Pattern[str] = PIECES
) -> list[str]:
    """Break a title into lines no wider than `width` pixels, if its pieces allow it."""
    lines = [""]
    for piece in pieces.findall(title):
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
