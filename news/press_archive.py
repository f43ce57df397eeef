"""Everything to print, as one zip: the logo, the share pictures, press pictures.

The same content always gives the same bytes: no clock, a fixed order, no compression
(pictures are compressed already). It is built once for each content and kept beside
the pictures.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from django.utils.translation import override

from detwin.languages import CODES, NAMES, in_language
from news.models import PressAsset
from news.picture_files import write
from news.press_pictures import folder, full_file

# A zip knows no day before this one.
NO_DAY = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
ROOT = "detwin-press"
OWN_LICENCE = "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/"
OWN = {
    "logo/logo.svg": "img/icon.svg",
    "logo/logo-512.png": "img/icon-512.png",
    "share/share.en.png": "img/share.en.png",
    "share/share.zh-hans.png": "img/share.zh-hans.png",
    "share/share.zh-hant.png": "img/share.zh-hant.png",
}


def archive() -> tuple[Path, str]:
    """Return the archive's file, built if there is none yet, and its entity tag."""
    pictures = list(PressAsset.objects.shown())
    credits = credits_text(pictures)
    tag = digest_of(credits, [picture.digest for picture in pictures])
    path = folder() / f"{tag}.zip"
    if not path.is_file():
        for old in folder().glob("*.zip"):
            old.unlink(missing_ok=True)
        write(path, built(credits, pictures))
    return path, f'"{tag}"'


def digest_of(credits: str, digests: list[str]) -> str:
    """Name the content of an archive, without reading the pictures again."""
    own = [hashlib.sha256(content).hexdigest() for _, content in own_files()]
    whole = "\n".join([credits, *own, *digests])
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


def built(credits: str, pictures: list[PressAsset]) -> bytes:
    """Write the archive; a picture whose file is lost is left out."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as target:
        add(target, "CREDITS.txt", credits.encode())
        for name, data in own_files():
            add(target, name, data)
        for picture in pictures:
            path = full_file(picture.digest)
            if path.is_file():
                add(target, f"pictures/{picture.slug}.jpg", path.read_bytes())
    return content.getvalue()


def add(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add one file that carries no time and no owner."""
    entry = zipfile.ZipInfo(f"{ROOT}/{name}", NO_DAY)
    entry.external_attr, entry.create_system = PLAIN_FILE, 3
    target.writestr(entry, content)


@lru_cache(maxsize=1)
def own_files() -> tuple[tuple[str, bytes], ...]:
    """Return the logo and the share pictures, which are always part of it."""
    return tuple(
        (name, Path(str(finders.find(source))).read_bytes())
        for name, source in sorted(OWN.items())
    )


def credits_text(pictures: list[PressAsset]) -> str:
    """Write who made each file and how it may be used, in three languages."""
    return "\n".join(part for code in CODES for part in credits_in(code, pictures))


def credits_in(code: str, pictures: list[PressAsset]) -> Iterator[str]:
    """Yield the lines of one language."""
    with override(code):
        yield f"== {NAMES[code]} =="
        yield _("Name the credit beside each picture. Do not change what it shows.")
        yield f"{settings.SITE_URL}/{code}/press/"
        yield ""
        for name in sorted(OWN):
            yield name
            yield "  " + _("Credit: %(credit)s") % {"credit": settings.SITE_NAME}
            yield "  " + _("Licence: %(licence)s") % {"licence": OWN_LICENCE}
        for picture in pictures:
            licence = f"{picture.get_licence_display()} {picture.licence_url}".strip()
            yield f"pictures/{picture.slug}.jpg"
            yield "  " + in_language(picture, "alt", code)
            yield "  " + _("Credit: %(credit)s") % {"credit": picture.credit}
            yield "  " + _("Licence: %(licence)s") % {"licence": licence}
        yield ""
