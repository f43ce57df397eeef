"""Press pictures and the archive of everything to print."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from news.models import PressAsset
from news.press_pictures import draw, store
from tests.news.conftest import picture_file


def fetch(client, path, tag=""):
    """Return an answer with its whole content read; which closes its file."""
    response = client.get(path, headers={"If-None-Match": tag} if tag else None)
    response.whole = response.getvalue() if response.streaming else response.content
    return response


def make_asset(slug="stall", size=(800, 600), **values):
    """Store a picture as the desk does."""
    upload = picture_file(size)
    drawn = draw(upload)
    store(drawn)
    values = {
        "alt_en": "A stall in Leeds",
        "alt_zh_hant": "列斯的街站",
        "alt_zh_hans": "利兹的街头摊位",
        "credit": "Leeds organisers",
        "licence": "cc-by",
        "people_agreed": True,
        **values,
    }
    return PressAsset.objects.create(
        slug=slug,
        digest=drawn.digest,
        width=drawn.width,
        height=drawn.height,
        weight=len(drawn.full),
        **values,
    )


def test_the_archive_always_has_the_logo_and_the_share_pictures(client, db, media):
    response = fetch(client, "/press/pictures.zip")
    assert response["Content-Type"] == "application/zip"
    assert 'filename="detwin-press.zip"' in response["Content-Disposition"]
    names = zipfile.ZipFile(io.BytesIO(response.whole)).namelist()
    assert names == [
        "detwin-press/CREDITS.txt",
        "detwin-press/logo/logo-512.png",
        "detwin-press/logo/logo.svg",
        "detwin-press/share/share.en.png",
        "detwin-press/share/share.zh-hans.png",
        "detwin-press/share/share.zh-hant.png",
    ]


def test_the_archive_names_credit_and_licence_of_each_file_in_three_languages(
    client, db, media
):
    make_asset()
    whole = fetch(client, "/press/pictures.zip").whole
    archive = zipfile.ZipFile(io.BytesIO(whole))
    credits = archive.read("detwin-press/CREDITS.txt").decode()
    assert archive.testzip() is None
    for name in archive.namelist()[1:]:
        assert credits.count(name.removeprefix("detwin-press/")) == 3
    for words in ("A stall in Leeds", "列斯的街站", "利兹的街头摊位"):
        assert words in credits
    assert credits.count("Leeds organisers") == 3
    assert credits.count("https://creativecommons.org/licenses/by/4.0/") == 3
    content = archive.read("detwin-press/pictures/stall.jpg")
    assert Image.open(io.BytesIO(content)).size == (800, 600)


def test_the_same_content_gives_the_same_bytes_and_tag(client, db, media):
    make_asset()
    first = fetch(client, "/press/pictures.zip")
    whole = first.whole
    for old in media.glob("*.zip"):
        old.unlink()
    second = fetch(client, "/press/pictures.zip")
    assert second.whole == whole
    assert second["ETag"] == first["ETag"]
    again = fetch(client, "/press/pictures.zip", first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_another_picture_credit_or_hiding_gives_another_archive(client, db, media):
    tags = [fetch(client, "/press/pictures.zip")["ETag"]]
    asset = make_asset()
    tags.append(fetch(client, "/press/pictures.zip")["ETag"])
    PressAsset.objects.update(credit="Somebody else")
    tags.append(fetch(client, "/press/pictures.zip")["ETag"])
    assert len(set(tags)) == 3
    PressAsset.objects.update(is_shown=False)
    response = fetch(client, "/press/pictures.zip")
    assert response["ETag"] == tags[0]
    assert b"stall" not in response.whole
    assert len(list(media.glob("*.zip"))) == 1
    assert fetch(client, asset.get_absolute_url()).status_code == 404
    assert fetch(client, asset.small_url).status_code == 404


def test_a_picture_is_served_in_full_and_small(client, db, media):
    asset = make_asset(size=(4000, 2000))
    full, small = (
        fetch(client, asset.get_absolute_url()),
        fetch(client, asset.small_url),
    )
    assert Image.open(io.BytesIO(full.whole)).size == (3000, 1500)
    assert Image.open(io.BytesIO(small.whole)).size == (480, 240)
    assert full["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert 'filename="stall.jpg"' in full["Content-Disposition"]
    seen = fetch(client, asset.small_url, small["ETag"])
    assert seen.status_code == 304
    assert not full.cookies


@pytest.mark.parametrize(
    "path", ["/press/nothing.jpg", "/press/stall.small.00000000.jpg", "/press/pictures"]
)
def test_what_is_not_there_is_not_found(client, db, media, path):
    make_asset()
    assert client.get(path).status_code == 404


def test_a_lost_file_is_not_found_and_does_not_break_the_archive(client, db, media):
    asset = make_asset()
    for file in media.iterdir():
        file.unlink()
    assert fetch(client, asset.get_absolute_url()).status_code == 404
    names = zipfile.ZipFile(io.BytesIO(fetch(client, "/press/pictures.zip").whole))
    assert "detwin-press/pictures/stall.jpg" not in names.namelist()


@pytest.mark.parametrize("pictures", [1, 3])
def test_the_archive_takes_one_query(
    client, db, media, django_assert_num_queries, pictures
):
    for number in range(pictures):
        make_asset(f"stall-{number}")
    with django_assert_num_queries(1):
        fetch(client, "/press/pictures.zip")
