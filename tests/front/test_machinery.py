"""Addresses for machines."""

from __future__ import annotations

import datetime

import pytest
from django.db import OperationalError, connection
from django.utils import timezone


def test_health_asks_no_database(client):
    # No database fixture: a query here would fail the test.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Cache-Control"] == "no-store"


def test_ready_means_that_the_database_answers(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_without_a_database_it_is_not_ready_and_says_no_more(client, db, monkeypatch):
    def refused():
        raise OperationalError("password of user detwin is wrong")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refused)
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready")


def test_robots_are_led_to_the_map_and_away_from_links(client, settings):
    settings.SITE_URL = "https://example.org"
    text = client.get("/robots.txt").content.decode()
    assert text.splitlines() == [
        "User-agent: *",
        "Disallow: /en/s/",
        "Disallow: /zh-hant/s/",
        "Disallow: /zh-hans/s/",
        "Sitemap: https://example.org/sitemap.xml",
    ]


def test_security_reports_have_an_address_and_half_a_year(client, settings):
    settings.CONTROLLER_EMAIL = "security@example.org"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    values = dict(line.split(": ", 1) for line in lines)
    assert values["Contact"] == "mailto:security@example.org"
    expires = datetime.datetime.fromisoformat(values["Expires"])
    assert 175 < (expires - timezone.now()).days <= 180


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_without_a_mailbox_reports_go_to_the_contact_page(client, settings, language):
    settings.CONTROLLER_EMAIL = ""
    text = client.get(
        "/.well-known/security.txt", headers={"accept-language": language}
    ).content.decode()
    assert text.startswith(f"Contact: {settings.SITE_URL}/en/trust/contact/\n")


def test_the_manifest_names_the_site(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    assert response.json()["name"] == "Detwin"
    assert response.json()["start_url"] == "/"


def test_the_manifest_has_an_icon_for_each_use(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert [(icon["sizes"], icon["purpose"]) for icon in icons] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/robots.txt", "/.well-known/security.txt", "/manifest.webmanifest"],
)
def test_no_machine_gets_a_cookie(client, path):
    assert not client.get(path).cookies


def test_the_old_address_of_the_icon_leads_to_it(client):
    answer = client.get("/favicon.ico")
    assert answer["Location"] == "/static/img/icon-192.png"
