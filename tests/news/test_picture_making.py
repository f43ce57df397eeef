"""An uploaded picture is drawn anew, or refused with a reason."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from news.picture_making import BadPicture, make_sizes
from tests.news.picture_samples import (
    CANARY,
    bomb,
    lying_on_its_side,
    noted,
    picture,
)

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
NO_PICTURE, BROKEN = "not a picture in JPEG", "broken"


def made(content):
    return make_sizes(io.BytesIO(content))


def widest(content):
    found = made(content)
    return Image.open(io.BytesIO(found.files[found.width]))


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((400, 400), [400]),
        ((800, 600), [480, 800]),
        ((1600, 900), [480, 960, 1600]),
        ((3200, 2000), [480, 960, 1600]),
    ],
)
def test_a_few_widths_are_made_and_none_is_enlarged(size, widths):
    found = made(picture(size))
    assert sorted(found.files) == widths
    for width, content in found.files.items():
        drawn = Image.open(io.BytesIO(content))
        assert (drawn.format, drawn.width) == ("JPEG", width)
        assert abs(drawn.height - size[1] * width / size[0]) <= 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_came_with_the_pixels_is_kept(kind):
    content = noted(kind)
    assert CANARY in content
    files = made(content).files.values()
    assert not [file for file in files if CANARY in file or b"Exif" in file]
    drawn = Image.open(io.BytesIO(next(iter(files))))
    assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
        "progression",
        "progressive",
    }


def test_a_picture_is_turned_as_the_camera_was_held():
    drawn = widest(lying_on_its_side())
    assert drawn.size == (600, 800)
    assert drawn.getpixel((300, 100))[0] > 200
    assert drawn.getpixel((300, 700))[2] > 200


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("RGBA", (255, 0, 0, 0), 255),
        ("LA", (0, 0), 255),
        ("L", 120, 120),
        ("I;16", 120 * 256, 120),
        ("1", 1, 255),
    ],
)
def test_what_shows_through_becomes_white_and_greys_stay(mode, colour, expected):
    drawn = widest(picture((400, 400), "PNG", mode, colour))
    assert all(abs(value - expected) < 4 for value in drawn.getpixel((9, 9)))


def test_the_same_picture_has_the_same_name_whatever_came_with_it():
    plain, with_notes = made(picture()), made(noted())
    assert plain.digest == with_notes.digest
    assert re.fullmatch(r"[0-9a-f]{32}", plain.digest)
    assert made(picture(colour=(1, 2, 3))).digest != plain.digest


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HTML, NO_PICTURE),
        (SVG, NO_PICTURE),
        (b"", NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 900\n", NO_PICTURE),
        (picture(kind="GIF", mode="L", colour=1), NO_PICTURE),
        (b"\xff\xd8\xff\xe0" + HTML, BROKEN),
        (picture((2000, 2000))[:-2000], BROKEN),
        (picture((2000, 2000), "PNG")[:2000], BROKEN),
        (bomb(60_000, 60_000), "more than 60 million pixels"),
        (bomb(4_000, 5_001), "more than 20 million pixels"),
        (picture((319, 900)), "too small"),
        (picture((330, 2000)), "too long"),
    ],
    ids=lambda value: value[:9] if isinstance(value, str) else "file",
)
def test_what_is_no_good_picture_is_refused_with_a_reason(content, reason):
    with pytest.raises(BadPicture, match=reason):
        made(content)


def test_a_jpeg_just_over_the_limit_is_refused_and_one_within_it_is_drawn():
    """Only heads are read of the first; the second must not fill the memory."""
    over = picture((10_000, 6_001), mode="L", colour=9, quality=10)
    with pytest.raises(BadPicture, match="60 million"):
        made(over)
    assert made(picture((6_000, 4_500), mode="L", colour=9, quality=10)).width == 1600
