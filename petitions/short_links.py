"""Short addresses for posters and sheets, and their QR codes.

`/q/leeds` stands on everything printed for Leeds; a code from the desk, such as
`/q/7KQ2MX`, tells besides which stall or poster was scanned. Neither tells who.
"""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from detwin.page_cache import kept
from petitions.models import PaperSheet, Petition
from safety.switches import is_read_only

# Four modules of white around the code, as its standard asks for.
QUIET_ZONE = 4


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the petition in the reader's language, as `/` does."""
    petition, sheet = behind(code)
    if sheet and request.method == "GET" and not is_read_only():
        PaperSheet.objects.filter(pk=sheet.pk).update(scans=F("scans") + 1)
    response = HttpResponseRedirect(f"{petition.get_absolute_url()}?from=qr")
    # A scan that a cache answers would not be counted.
    keeping = "no-store" if sheet else "public, max-age=300"
    response.headers["Cache-Control"] = keeping
    patch_vary_headers(response, ("Accept-Language",))
    return response


@kept
@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the QR code of a short address.

    Only in one spelling, or the many others would fill the cache.
    """
    petition, sheet = behind(code)
    if code != (sheet.code if sheet else petition.slug):
        raise Http404
    drawing = qr_svg(short_address(code))
    return HttpResponse(drawing, content_type="image/svg+xml")


def behind(code: str) -> tuple[Petition, PaperSheet | None]:
    """Return the petition that a code leads to, with its sheet; 404 if unknown.

    A petition's own code is its slug. Both may be typed in any case.
    """
    public = Petition.objects.public()
    if petition := public.filter(slug=code.lower()).first():
        return petition, None
    sheets = PaperSheet.objects.select_related("petition")
    sheet = sheets.filter(code=code.upper(), petition__in=public).first()
    if sheet is None:
        raise Http404
    return sheet.petition, sheet


def short_address(code: str) -> str:
    """Return the whole short address of a code, as it is printed."""
    return f"{settings.SITE_URL}{reverse('root:short-link', args=[code])}"


def qr_svg(address: str) -> bytes:
    """Return a picture of an address, black on white with its quiet zone.

    It is white by itself, so that it can be read on a dark page too.
    """
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        nl=False,
    )
    return drawing.getvalue().replace(b"<svg ", b'<svg shape-rendering="crispEdges" ')
