"""Takes the README's pictures on a site of its own: `make screenshots`."""

from __future__ import annotations

import base64
import struct
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import ARGUMENTS, CHROMIUM, ROOT, running_site

FOLDER = ROOT / "docs" / "screenshots"
WIDE = (1280, 860)
PHONE = (360, 740)
PNG_URL = "data:image/png;base64,"
# A README is read on slow lines too.
MOST_BYTES = 150_000


@dataclass(frozen=True)
class Picture:
    """What one picture shows: an address, a window, a scheme, what is typed."""

    name: str
    path: str
    window: tuple[int, int]
    scheme: str = "light"
    typed: str = ""


# The 256 commonest of the colours in a picture, and for each pixel the nearest of them.
TO_PALETTE = """async source => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(picture, 0, 0);
    const data = context.getImageData(0, 0, width, height).data;
    const pixels = [], count = new Map(), known = new Map();
    for (let i = 0; i < data.length; i += 4)
        pixels.push(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
    for (const pixel of pixels) count.set(pixel, (count.get(pixel) ?? 0) + 1);
    const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, 256).map(x => x[0]);
    const far = (a, b) => [16, 8, 0].reduce(
        (sum, bits) => sum + ((a >> bits & 255) - (b >> bits & 255)) ** 2, 0);
    const nearest = pixel => palette.reduce(
        (best, one, i) => far(pixel, one) < far(pixel, palette[best]) ? i : best, 0);
    const place = pixel => known.get(pixel) ??
        (known.set(pixel, nearest(pixel)), known.get(pixel));
    return { width, height, palette, pixels: pixels.map(place) };
}"""
PICTURES = (
    Picture("home", "/en/", WIDE),
    Picture("city", "/zh-hant/cities/newcastle-upon-tyne/", WIDE),
    Picture("petition", "/en/petitions/leeds/", WIDE),
    Picture("phone-find", "/zh-hant/", PHONE, typed="紐卡"),
    Picture("phone-petition", "/en/petitions/leeds/", PHONE),
    Picture("phone-dark", "/zh-hant/petitions/leeds/", PHONE, scheme="dark"),
)


def take_all():
    """Take every picture, replacing what is there; say how much each weighs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for picture in PICTURES:
            path = FOLDER / f"{picture.name}.png"
            take(browser, site.url, picture, path)
            weight = path.stat().st_size
            print(f"{path.relative_to(ROOT)}: {weight // 1000} kB")
            assert weight <= MOST_BYTES, f"{path.name} weighs too much."
        browser.close()


def take(browser, origin, picture, path):
    """Take one picture of what a window of its size shows first."""
    width, height = picture.window
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=picture.scheme
    )
    page.goto(origin + picture.path)
    # What loads when it comes into view is in the picture too.
    page.eval_on_selector_all("img", "images => images.map(i => i.loading = 'eager')")
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    if picture.typed:
        page.type("#q", picture.typed)
        page.wait_for_selector(".found [role=option]")
        page.keyboard.press("ArrowDown")
    shot = base64.b64encode(page.screenshot(caret="initial")).decode()
    page.goto("about:blank")
    path.write_bytes(small_png(**page.evaluate(TO_PALETTE, PNG_URL + shot)))
    page.close()


def small_png(width, height, palette, pixels):
    """Write a PNG of at most 256 colours, a third of what a browser writes."""
    rows = [
        bytes(pixels[start : start + width]) for start in range(0, len(pixels), width)
    ]
    unfiltered = b"".join(b"\0" + row for row in rows)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in palette)),
        (b"IDAT", zlib.compress(unfiltered, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


if __name__ == "__main__":
    take_all()
