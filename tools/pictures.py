#!/usr/bin/env python3
"""Draws the site's icons and share pictures anew from the mark in static/img.

For whoever changes the mark or the ask: needs requirements-dev.txt, Chromium and
the fonts Noto Serif CJK and Noto Sans CJK. The pictures are committed.

    .venv/bin/python tools/pictures.py
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "static" / "img"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
PAPER, INK, SOFT, ACT, WON = "#fdfcfa", "#1f1a1d", "#5e555a", "#8c1a56", "#17633f"
SHARE_SIZE = (1200, 630)
# A file's name, its pixels, and how much of the picture the mark fills: a phone may
# cut a maskable icon down to a circle of four fifths.
ICONS = (
    ("apple-touch-icon.png", 180, 0.72),
    ("icon-192.png", 192, 0.86),
    ("icon-512.png", 512, 0.86),
    ("icon-maskable-512.png", 512, 0.58),
)
# Tag, fonts, headline in lines, and what stands below it.
CARDS = {
    "en": (
        "en-GB",
        "Noto Serif CJK HK",
        ("We ask councils", "to end their twin-city", "agreements with China"),
        "You choose who may see your name.",
    ),
    "zh-hant": (
        "zh-Hant-HK",
        "Noto Sans CJK HK",
        ("我們促請各地議會", "終止與中國的", "姊妹城市協議"),
        "由你選擇誰可以看到你的姓名。",
    ),
    "zh-hans": (
        "zh-Hans",
        "Noto Sans CJK SC",
        ("我们呼吁各地议会", "终止与中国的", "姐妹城市协议"),
        "由您选择谁可以看到您的姓名。",
    ),
}


def mark() -> str:
    """Return the mark as it stands on paper, without its dark colours."""
    whole = IMAGES.joinpath("icon.svg").read_text("utf-8")
    start, end = whole.index("<style>"), whole.index("</style>")
    light = f"<style>.a{{fill:{ACT}}}.b{{fill:{WON}}}"
    return whole[:start] + light + whole[end:]


def icon(size: int, share: float) -> str:
    """Return the page that is one icon."""
    return f"""<style>
      body {{ margin: 0; display: grid; place-items: center; height: 100vh;
             background: {PAPER}; }}
      svg {{ width: {size * share}px; display: block; }}
    </style>{mark()}"""


def card(tag: str, font: str, headline: tuple[str, ...], below: str) -> str:
    """Return the page that is one share picture."""
    size = 74 if tag.startswith("zh") else 66
    return f"""<html lang="{tag}"><style>
      body {{ margin: 0; height: 100vh; background: {PAPER}; color: {INK};
             overflow: hidden; font-family: "{font}"; }}
      .large svg {{ position: absolute; width: 440px; right: -150px; top: 110px; }}
      .name {{ position: absolute; left: 80px; top: 60px; display: flex; gap: 16px;
               align-items: center; font: 700 44px/1 "Noto Serif CJK HK"; }}
      .name svg {{ width: 52px; }}
      h1 {{ position: absolute; left: 80px; top: 168px; margin: 0; white-space: pre;
            font-size: {size}px; line-height: 1.26; letter-spacing: -.01em; }}
      p {{ position: absolute; left: 80px; bottom: 62px; margin: 0; color: {SOFT};
           font-size: 32px; padding-top: 22px; border-top: 6px double {SOFT};
           width: 640px; }}
    </style><div class="large">{mark()}</div><div class="name">{mark()}Detwin</div>
    <h1>{"<br>".join(headline)}</h1><p>{below}</p></html>"""


def draw(browser: Browser, html: str, size: tuple[int, int], name: str) -> None:
    """Write one picture."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(html)
    page.screenshot(path=IMAGES / name)
    page.close()


def main() -> None:
    """Draw every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM or None, args=["--no-sandbox"]
        )
        for name, size, share in ICONS:
            draw(browser, icon(size, share), (size, size), name)
        for code, words in CARDS.items():
            draw(browser, card(*words), SHARE_SIZE, f"share.{code}.png")
        browser.close()


if __name__ == "__main__":
    main()
