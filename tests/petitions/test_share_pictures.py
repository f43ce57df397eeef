"""The pictures that other sites show beside a link to a petition."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image, ImageFont

from petitions import drawing
from petitions.models import Petition, Wording
from petitions.standing import forget_standing
from tests.petitions.conftest import LANGUAGES

PLAIN = Path(__file__).resolve().parents[2] / "static" / "img"


@pytest.fixture
def pictures(settings, tmp_path, leeds_petition):
    """Return the directory that pictures are drawn to."""
    settings.PICTURES_DIR = tmp_path / "pictures"
    return settings.PICTURES_DIR


@pytest.fixture
def font(settings, monkeypatch, tmp_path):
    """Draw with the font that comes with Pillow: this is not about glyphs."""
    (tmp_path / "font.ttf").write_bytes(b"a font by name only")
    settings.PICTURE_FONT = str(tmp_path / "font.ttf")
    monkeypatch.setattr(
        drawing, "font_of", lambda path, code, size: ImageFont.load_default(size)
    )


def fetched(client, language="en", slug="leeds"):
    return client.get(f"/share/{language}/{slug}.png")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_gets_a_picture_of_its_own(client, pictures, font, language):
    assert drawing.draw_missing() == 3
    response = fetched(client, language)
    (file,) = pictures.glob(f"leeds.{language}.*.png")
    assert response.content == file.read_bytes()
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert len(response.content) < 300_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_font_the_plain_picture_is_served(
    client, pictures, settings, language
):
    settings.PICTURE_FONT = "/nowhere.ttf"
    assert drawing.draw_missing() == 0
    expected = (PLAIN / f"share.{language}.png").read_bytes()
    assert fetched(client, language).content == expected


def test_a_directory_that_cannot_be_written_stops_nothing(
    client, pictures, font, tmp_path
):
    pictures.write_text("a file stands in the way")
    assert drawing.draw_missing() == 0


def test_what_is_drawn_is_not_drawn_again(pictures, font):
    assert [drawing.draw_missing() for _ in range(2)] == [3, 0]


def test_a_round_draws_no_more_than_it_may(pictures, font):
    assert [drawing.draw_missing(2) for _ in range(3)] == [2, 1, 0]


def test_a_new_wording_replaces_the_picture(pictures, font, leeds_petition):
    drawing.draw_missing()
    before = {path.name for path in pictures.iterdir()}
    Wording.objects.create(
        petition=leeds_petition, number=2, title_en="Ask again", ask_en="A", body_en="B"
    )
    drawing.draw_missing()
    after = {path.name for path in pictures.iterdir()}
    assert (len(before), len(after), before & after) == (3, 3, set())


def test_a_draft_has_no_picture(client, pictures, font):
    Petition.objects.update(state="draft")
    forget_standing()
    assert drawing.draw_missing() == 0
    assert fetched(client).status_code == 404


@pytest.mark.parametrize("path", ["/share/de/leeds.png", "/share/en/nowhere.png"])
def test_unknown_pictures_are_not_found(client, pictures, path):
    assert client.get(path).status_code == 404


def test_other_sites_may_show_it_and_caches_may_keep_it(client, pictures, font):
    drawing.draw_missing()
    response = fetched(client)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=3600"
    again = client.get(
        "/share/en/leeds.png", headers={"if-none-match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_petition_names_its_picture(client, pictures):
    page = client.get("/zh-hant/petitions/leeds/").content.decode()
    address = "http://testserver/share/zh-hant/leeds.png"
    assert page.count('property="og:image"') == 1
    assert f'<meta property="og:image" content="{address}">' in page


def test_the_worker_draws_while_no_mail_waits(
    transactional_db, pictures, font, monkeypatch
):
    monkeypatch.setattr("petitions.management.commands.run_worker.signal.signal", print)
    call_command("run_worker", "--once")
    assert len(list(pictures.iterdir())) == 3


def test_no_word_stands_alone_on_the_last_line(font):
    lines, size = drawing.fitted("Ask the council of " + "Leeds " * 9, "font", "en")
    lengths = [len(line) for line in lines]
    assert min(lengths) > max(lengths) / 2


def test_chinese_punctuation_begins_no_line(font):
    lines, _ = drawing.fitted("促請議會終止協議。" * 12, "font", "zh-hant")
    assert len(lines) > 2
    assert [line for line in lines if line[0] in drawing.CLOSING] == []


def test_a_long_title_still_ends(font):
    lines, size = drawing.fitted("終" * 700, "font", "zh-hant")
    assert (size, "".join(lines)) == (drawing.SIZES[-1], "終" * 700)


def test_the_digest_in_the_name_is_the_wordings(pictures, font, leeds_petition):
    drawing.draw_missing()
    digest = leeds_petition.wording.sha256
    assert len(digest) == len(hashlib.sha256().hexdigest())
    assert (pictures / f"leeds.en.{digest[:16]}.png").is_file()
