"""Pictures at the desk: taken, described, refused, served, taken back."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from news.models import Picture
from safety.models import AuditEvent
from tests.news.picture_samples import CANARY, bomb, make_picture, noted, picture

ROOT = Path(__file__).resolve().parents[2]
ADD = "/desk/news/picture/add/"


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


def picture_data(content=None, name="rally.jpg", **changes):
    data = {
        "file": SimpleUploadedFile(name, content or picture()),
        "alt_en": "A crowd with banners",
        "alt_zh_hant": "人群與橫額",
        "alt_zh_hans": "",
        "credit": "Photo: A. Friend",
        "licence": "cc-by",
        "people_agreed": "on",
        **changes,
    }
    return {key: value for key, value in data.items() if value is not None}


def files(settings):
    return sorted(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_a_picture_is_stored_under_our_own_name_and_served(desk, settings):
    response = desk.post(ADD, picture_data(noted(), "../IMG <51.5> 范.jpg"))
    assert response.status_code == 302
    stored = Picture.objects.get()
    assert (stored.width, stored.widths) == (800, [480, 800])
    names = [f"{stored.digest}-480.jpg", f"{stored.digest}-800.jpg"]
    assert [file.name for file in files(settings)] == names
    answer = desk.get(stored.src)
    content = b"".join(answer.streaming_content)
    assert Image.open(io.BytesIO(content)).size == (800, 600)
    assert CANARY not in content
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=2592000, immutable"
    assert not answer.cookies


def test_simplified_words_are_made_from_traditional(desk):
    desk.post(ADD, picture_data())
    assert Picture.objects.get().alt_zh_hans == "人群与横额"


def test_a_decorative_picture_needs_no_words(desk):
    desk.post(ADD, picture_data(alt_en="", alt_zh_hant="", decorative="on"))
    assert Picture.objects.get().decorative


REFUSED = {
    "no words": ({"alt_zh_hant": ""}, "alt_zh_hant", "Say what it shows"),
    "one language": ({"alt_en": ""}, "alt_en", "Say what it shows"),
    "no credit": ({"credit": ""}, "credit", "This field is required."),
    "no licence": ({"licence": ""}, "licence", "This field is required."),
    "no consent": ({"people_agreed": None}, "people_agreed", "Without this"),
    "no file": ({"file": None}, "file", "This field is required."),
    "html": ({"content": b"<script>x</script>"}, "file", "not a picture in JPEG"),
    "svg": ({"content": b"<svg onload='x'/>"}, "file", "not a picture in JPEG"),
    "bomb": ({"content": bomb(60_000, 60_000)}, "file", "more than 60 million"),
    "broken": ({"content": picture((900, 900))[:-900]}, "file", "is broken"),
    "too large": ({"content": b"x" * (15 * 1024 * 1024 + 1)}, "file", "than 15 MB"),
    "far too large": ({"content": b"x" * 20_000_000}, "file", "than 15 MB"),
    "empty": ({"file": SimpleUploadedFile("x.jpg", b"")}, "file", "empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told_and_what_was_typed_stays(desk, settings, name):
    changes, field, reason = REFUSED[name]
    response = desk.post(ADD, picture_data(**{"credit": "Kept: <me>", **changes}))
    form = response.context["adminform"].form
    assert [field] == list(form.errors)
    assert reason in form.errors[field][0]
    if "credit" not in changes:
        assert 'value="Kept: &lt;me&gt;"' in response.content.decode()
    assert not Picture.objects.exists()
    assert files(settings) == []


@pytest.mark.parametrize("name", ["html", "bomb", "broken", "too large", "no consent"])
def test_refusals_are_in_the_desks_language(desk, name):
    changes, field, reason = REFUSED[name]
    response = desk.post(f"{ADD}?language=zh-hant", picture_data(**changes))
    (told,) = response.context["adminform"].form.errors[field]
    assert reason not in told
    assert any("\u4e00" <= char <= "\u9fff" for char in told)


def test_the_same_picture_is_not_stored_twice(desk, settings):
    desk.post(ADD, picture_data())
    response = desk.post(ADD, picture_data(noted()))
    assert "on the site already" in response.content.decode()
    assert Picture.objects.count() == 1


def test_of_two_that_arrive_at_once_the_first_is_kept(desk, monkeypatch):
    desk.post(ADD, picture_data())
    # The second was looked up before the first was stored.
    monkeypatch.setattr(Picture.objects, "filter", lambda **_: Picture.objects.none())
    response = desk.post(ADD, picture_data())
    assert response["Location"] == "/desk/news/picture/"
    assert "is on the site already" in desk.get(response["Location"]).content.decode()
    assert Picture.objects.count() == 1


def test_who_tells_of_people_in_a_picture_stands_in_the_audit_trail(desk):
    desk.post(ADD, picture_data())
    stored = Picture.objects.get()
    event = AuditEvent.objects.get(action="picture added")
    assert (event.actor, event.reason) == ("organiser", stored.digest)


def test_its_words_can_be_changed_and_its_file_cannot(desk, settings):
    desk.post(ADD, picture_data())
    stored = Picture.objects.get()
    changed = picture_data(picture(colour=(1, 2, 3)), alt_en="A crowd, at night")
    desk.post(f"/desk/news/picture/{stored.pk}/change/", changed)
    again = Picture.objects.get()
    assert (again.alt_en, again.digest) == ("A crowd, at night", stored.digest)
    assert len(files(settings)) == 2


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_picture_that_is_taken_back_is_gone_at_once(
    desk, settings, way, django_capture_on_commit_callbacks
):
    desk.post(ADD, picture_data())
    stored = Picture.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        if way == "one":
            desk.post(f"/desk/news/picture/{stored.pk}/delete/", {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": stored.pk}
            desk.post("/desk/news/picture/", {**chosen, "post": "yes"})
    assert not Picture.objects.exists()
    assert files(settings) == []
    assert desk.get(stored.src).status_code == 404
    assert AuditEvent.objects.filter(action="picture deleted").count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"people_agreed": False},
        {"credit": ""},
        {"alt_zh_hans": ""},
        {"alt_zh_hant": None},
    ],
)
def test_the_database_holds_what_every_picture_needs(db, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture("a", **values)


@pytest.mark.parametrize(
    "path",
    [
        f"/pictures/{'0' * 32}-480.jpg",
        f"/pictures/{'0' * 32}-99999.jpg",
        f"/pictures/{'A' * 32}-480.jpg",
        "/pictures/../../.env",
        "/pictures/%2e%2e%2fsecret-480.jpg",
        f"/pictures/{'0' * 32}-480.part",
    ],
)
def test_no_other_address_opens_a_file(client, settings, path):
    folder = Path(settings.MEDIA_ROOT) / "pictures"
    folder.mkdir(parents=True)
    (folder / f"{'0' * 32}-480.part").write_text("secret")
    (folder.parent / "secret-480.jpg").write_text("secret")
    assert client.get(path).status_code == 404


def test_the_desk_says_how_pictures_of_people_endanger_them(desk):
    page = desk.get(ADD).content.decode()
    assert "can put the people in it and their families in danger" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_shows_what_to_copy_in_a_fixed_number_of_queries(
    desk, rows, django_assert_num_queries
):
    for number in range(rows):
        make_picture(str(number))
    desk.get("/desk/news/picture/")
    with django_assert_num_queries(8):
        page = desk.get("/desk/news/picture/").content.decode()
    assert page.count("![](picture:") == rows


def test_web_processes_do_not_carry_pillow():
    script = (
        "import sys, django; django.setup(); "
        "from django.urls import reverse; reverse('admin:news_picture_add'); "
        "sys.exit('PIL' in sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment)
    assert done.returncode == 0
