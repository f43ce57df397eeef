"""What organisers enter for the press room."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from PIL import Image

from news.models import OutletLink, PressAsset, PressContact, Release
from safety.audit import AuditEvent
from tests.news.conftest import picture_file

CODES = ("en", "zh_hant", "zh_hans")


def in_no_language(*fields):
    return {f"{field}_{code}": "" for field in fields for code in CODES}


def release_data(*links, **changes):
    data = {
        **in_no_language("title", "summary", "body"),
        "slug": "",
        "place": "",
        "embargo_until_0": "2099-01-01",
        "embargo_until_1": "00:01",
        "links-TOTAL_FORMS": str(len(links)),
        "links-INITIAL_FORMS": "0",
        **changes,
    }
    for number, values in enumerate(links):
        data |= {f"links-{number}-{name}": value for name, value in values.items()}
    return data


def asset_data(upload=None, **changes):
    data = {
        "slug": "stall",
        "credit": "Leeds organisers",
        "licence": "cc-by",
        "people_agreed": "on",
        "is_shown": "on",
        "alt_en": "A stall",
        "alt_zh_hant": "街站，議會前",
        "alt_zh_hans": "",
        **changes,
    }
    return {**data, "upload": upload} if upload else data


def test_a_release_and_an_outlets_link_are_made_and_written_down(desk):
    data = release_data({"outlet": "The Test Herald"}, title_zh_hant="新聞稿")
    response = desk.post("/desk/news/release/add/", data)
    assert response.status_code == 302
    link = OutletLink.objects.get()
    assert link.release.slug == "update-2099-01-01-1"
    assert link.release.title_zh_hans == "新闻稿"
    assert desk.get(link.get_absolute_url()).status_code == 200
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.object_label) == (
        "press link set",
        "update-2099-01-01-1: The Test Herald",
    )


def test_the_desk_shows_a_links_address_until_it_is_revoked(desk, link):
    path = f"/desk/news/release/{link.release.pk}/change/"
    assert (
        f"http://testserver{link.get_absolute_url()}" in desk.get(path).content.decode()
    )
    data = release_data(
        {
            "id": str(link.pk),
            "release": str(link.release.pk),
            "outlet": link.outlet,
            "is_revoked": "on",
        },
        slug=link.release.slug,
        title_en="T",
    )
    address = link.get_absolute_url()
    response = desk.post(path, data | {"links-INITIAL_FORMS": "1"})
    assert response.status_code == 302
    assert desk.get(address).status_code == 404
    assert "/press/s/" not in desk.get(path).content.decode()
    assert AuditEvent.objects.latest("number").action == "press link revoked"


def test_a_release_without_any_title_is_refused_and_keeps_what_was_typed(desk):
    response = desk.post("/desk/news/release/add/", release_data(body_en="Typed text"))
    page = response.content.decode()
    assert escape("Write the text in at least one language.") in page
    assert "Typed text" in page
    assert not Release.objects.exists()


def test_a_contact_needs_a_way_to_be_reached(desk):
    data = {**in_no_language("role", "note"), "name": "Desk", "position": "0"}
    path = "/desk/news/presscontact/add/"
    empty = {"email": "", "phone": ""}
    assert "Give an e-mail address" in desk.post(path, data | empty).content.decode()
    assert desk.post(path, data | {"email": "a@b.org", "phone": ""}).status_code == 302
    assert not PressContact.objects.get().is_shown


def test_a_picture_is_drawn_anew_upright_and_without_the_cameras_notes(desk, media):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Camera owner"
    upload = picture_file((600, 400), exif=exif, comment=b"secret comment")
    assert b"Camera owner" in upload.read()
    upload.seek(0)
    response = desk.post("/desk/news/pressasset/add/", asset_data(upload))
    assert response.status_code == 302
    asset = PressAsset.objects.get()
    assert (asset.width, asset.height) == (400, 600)
    assert asset.alt_zh_hans == "街站，议会前"
    for file in media.iterdir():
        content = file.read_bytes()
        assert b"Camera owner" not in content
        assert b"secret comment" not in content
        picture = Image.open(io.BytesIO(content))
        assert dict(picture.getexif()) == {}
        assert "icc_profile" not in picture.info


def bomb():
    """A small file whose head says that it is 20,000 pixels wide and high."""
    content = io.BytesIO()
    Image.new("1", (8, 8)).save(content, "PNG")
    head = b"IHDR" + struct.pack(">II", 20_000, 20_000) + content.getvalue()[24:29]
    checked = head + struct.pack(">I", zlib.crc32(head))
    return content.getvalue()[:12] + checked + content.getvalue()[33:]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><script>x</script>", "This is not a picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "This is not a picture"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "This is not a picture"),
        (b"\xff\xd8\xff\xe0 no more", "This picture is broken"),
        (bomb, "more than 60 million pixels"),
        (lambda: b"\xff" * (15 * 1024 * 1024 + 1), "more than 15 MB"),
        (
            lambda: picture_file((9000, 7000), mode="L").read(),
            "more than 60 million pixels",
        ),
        (lambda: picture_file().read()[:900], "This picture is broken"),
    ],
    ids=["html", "svg", "gif", "stub", "bomb", "heavy", "63-mp", "cut-off"],
)
def test_what_is_no_picture_is_refused_and_keeps_what_was_typed(
    desk, media, content, said
):
    data = content() if callable(content) else content
    upload = SimpleUploadedFile("picture.jpg", data, "image/jpeg")
    response = desk.post("/desk/news/pressasset/add/", asset_data(upload))
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert "街站，議會前" in page
    assert not PressAsset.objects.exists()
    assert not media.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people_agreed": ""}, "Without the agreement of everybody"),
        ({"credit": ""}, "This field is required."),
        ({"licence": ""}, "This field is required."),
        ({"alt_zh_hant": ""}, "This field is required."),
    ],
)
def test_a_picture_needs_agreement_credit_licence_and_words(desk, media, changes, said):
    data = asset_data(picture_file(), **changes)
    page = desk.post("/desk/news/pressasset/add/", data).content.decode()
    assert said in page
    assert not PressAsset.objects.exists()


def test_no_picture_at_all_is_refused(desk, media):
    page = desk.post("/desk/news/pressasset/add/", asset_data()).content.decode()
    assert "Choose a picture." in page


def test_an_edit_keeps_the_picture_and_a_new_one_removes_the_old(
    desk, media, django_capture_on_commit_callbacks
):
    desk.post("/desk/news/pressasset/add/", asset_data(picture_file()))
    asset = PressAsset.objects.get()
    path, before = f"/desk/news/pressasset/{asset.pk}/change/", asset.digest
    desk.post(path, asset_data(credit="Others"))
    asset.refresh_from_db()
    assert (asset.credit, asset.digest) == ("Others", before)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(path, asset_data(picture_file((700, 700))))
    asset.refresh_from_db()
    assert asset.digest != before
    assert sorted(file.name for file in media.iterdir()) == [
        f"{asset.digest}.jpg",
        f"{asset.digest}.small.jpg",
    ]


def test_a_deleted_picture_leaves_no_file_behind(
    desk, media, client, django_capture_on_commit_callbacks
):
    desk.post("/desk/news/pressasset/add/", asset_data(picture_file()))
    client.get("/press/pictures.zip").getvalue()
    assert len(list(media.iterdir())) == 3
    pk = PressAsset.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/desk/news/pressasset/{pk}/delete/", {"post": "yes"})
    assert not PressAsset.objects.exists()
    assert list(media.iterdir()) == []


@pytest.mark.parametrize(
    "model",
    ["presscontact", "pressasset", "release", "spokesperson", "coverage"],
)
def test_each_list_and_form_opens(desk, embargoed, model):
    for path in ("", "add/"):
        assert desk.get(f"/desk/news/{model}/{path}").status_code == 200
