"""A release under embargo, with words that nobody else says."""

from __future__ import annotations

import datetime
import io

import pytest
from django.utils import timezone

from news.models import OutletLink, Release

SECRET = "Zirconia"


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


@pytest.fixture
def embargoed(leeds):
    """A release that becomes public in two hours."""
    return Release.objects.create(
        slug="zirconia-release",
        title_en=f"{SECRET} in the title",
        title_zh_hant=f"{SECRET} 標題",
        title_zh_hans=f"{SECRET} 标题",
        summary_en=f"{SECRET} in the summary",
        body_en=f"{SECRET} and marble in the **body**",
        place=leeds,
        embargo_until=timezone.now() + datetime.timedelta(hours=2),
    )


@pytest.fixture
def link(embargoed):
    """The link of one outlet to it."""
    return OutletLink.objects.create(release=embargoed, outlet="The Test Herald")


@pytest.fixture
def media(settings, tmp_path):
    """A place of its own for uploaded pictures."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "press"


def picture_file(size=(800, 600), form="JPEG", name="stall.jpg", mode="RGB", **options):
    """Return a picture as a browser would send it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    content = io.BytesIO()
    Image.new(mode, size, "#8c1a56").save(content, form, **options)
    return SimpleUploadedFile(name, content.getvalue())
