"""Uploaded files are held in memory, up to a limit for the whole request."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory


def received(*contents):
    """Return the files of a request as a form sees them."""
    files = {
        f"file{number}": SimpleUploadedFile("x", content)
        for number, content in enumerate(contents)
    }
    request = RequestFactory().post("/", files)
    return [request.FILES[name] for name in files]


def test_what_fits_is_there_whole(settings):
    settings.MAX_UPLOAD_BYTES = 300_000
    first, second = received(b"a" * 100_000, b"b" * 200_000)
    assert first.read() == b"a" * 100_000
    assert second.read() == b"b" * 200_000


def test_what_does_not_is_dropped_and_its_true_size_told(settings):
    settings.MAX_UPLOAD_BYTES = 300_000
    first, second = received(b"a" * 250_000, b"b" * 400_000)
    assert (first.size, len(first.read())) == (250_000, 250_000)
    assert second.size == 400_000
    assert second.read() == b""


def test_no_upload_is_ever_written_to_a_disk(settings, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("written to a disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    (file,) = received(b"a" * 10_000_000)
    assert file.size == len(file.read()) == 10_000_000
